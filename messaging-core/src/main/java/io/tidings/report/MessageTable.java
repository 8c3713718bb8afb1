package io.tidings.report;

import io.tidings.history.StoredMessage;
import io.tidings.message.Failure;
import io.tidings.message.OutboundMessage;
import io.tidings.outbox.MessageView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Messages as lines of a table. */
final class MessageTable {
    private static final List<String> COLUMNS = List.of(
            "id",
            "acceptedAt",
            "changedAt",
            "status",
            "channel",
            "category",
            "from",
            "to",
            "segments",
            "attempts",
            "errorCode",
            "failure",
            "template",
            "tags",
            "key",
            "text");

    private final CsvTable table;

    MessageTable(CsvTable table) {
        this.table = table;
    }

    void header() {
        table.line(COLUMNS);
    }

    void line(MessageView view) {
        StoredMessage stored = view.stored();
        OutboundMessage message = stored.message();
        Failure failure = view.failure();
        table.line(List.of(
                view.id().toString(),
                stored.acceptedAt().toString(),
                view.changedAt().toString(),
                view.status().name(),
                message.channel().name(),
                message.category().name(),
                stored.sender().address(),
                message.to().e164(),
                Integer.toString(stored.segments()),
                Integer.toString(view.tries().attempts()),
                failure == null || failure.code() == 0 ? "" : Integer.toString(failure.code()),
                failure == null ? "" : failure.explanation(),
                stored.template() == null ? "" : stored.template().toString(),
                tags(message.tags()),
                message.key() == null ? "" : message.key(),
                message.content().body().text()));
    }

    private static String tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining("\n"));
    }

    void flush() throws IOException {
        table.flush();
    }
}
