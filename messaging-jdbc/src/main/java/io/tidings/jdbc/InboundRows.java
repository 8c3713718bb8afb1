package io.tidings.jdbc;

import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.message.AccountId;
import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** How a message from a person lies in its table. */
final class InboundRows {
    /** The message. */
    static final String MESSAGE = """
            id, tenant, account, sid, channel, person, sender, service, body, media, extras, segments, at""";
    /** The message and how far it has come. */
    static final String ROW = MESSAGE + ", state, claims, note";

    private InboundRows() {}

    static void bind(Values values, InboundMessage message) throws SQLException {
        Received received = message.received();
        Sender service = received.service();
        List<List<String>> media = received.media().stream()
                .map(each -> List.of(each.url().toString(), each.type()))
                .toList();
        values.id(message.id())
                .text(message.tenant().value())
                .text(message.account().value())
                .text(received.sid())
                .text(received.channel().name())
                .text(received.from().e164())
                .text(received.to().address())
                .text(service == null ? null : service.address())
                .words(received.text())
                .text(JsonText.of(media))
                .text(JsonText.of(received.extras()))
                .number(received.segments())
                .time(received.at());
    }

    static InboundMessage message(Row row) throws SQLException {
        MessageId id = row.id();
        TenantId tenant = new TenantId(row.text());
        AccountId account = new AccountId(row.text());
        return new InboundMessage(id, tenant, account, received(row));
    }

    @SuppressWarnings("NullAway") // javac 17 keeps no annotation of a nested type, so it sees no nullable service
    private static Received received(Row row) throws SQLException {
        String sid = row.text();
        Channel channel = Channel.valueOf(row.text());
        PhoneNumber from = new PhoneNumber(row.text());
        Sender to = row.sender();
        String service = row.textOrNull();
        String text = row.text();
        List<Received.Media> media = JsonText.lists(row.text()).stream()
                .map(each -> new Received.Media(URI.create(each.get(0)), each.get(1)))
                .toList();
        Map<String, String> extras = JsonText.map(row.text());
        return new Received(
                sid,
                channel,
                from,
                to,
                service == null ? null : new Sender.MessagingService(service),
                text,
                media,
                extras,
                row.integer(),
                row.time());
    }

    static InboundRow row(Row row) throws SQLException {
        InboundMessage message = message(row);
        return new InboundRow(message, InboundState.valueOf(row.text()), row.integer(), row.textOrNull());
    }
}
