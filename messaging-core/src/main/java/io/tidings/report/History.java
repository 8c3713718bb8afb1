package io.tidings.report;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.SearchStore;
import io.tidings.outbox.SearchStore.Place;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All messages of a tenant, waiting and gone, to be searched and handed out. Safe for use by many threads. */
public final class History {
    private static final int PAGE = 500;

    private final SearchStore search;
    private final AuditLog acts;

    /** Over this search; what is handed out is recorded in this log. */
    public History(SearchStore search, AuditLog acts) {
        this.search = search;
        this.acts = acts;
    }

    /** One page. Throws {@link IllegalArgumentException} for a cursor of another order, or none. */
    public MessagePage page(MessageQuery query) {
        MessageOrder order = query.order();
        Place after = query.after() == null ? null : Cursor.read(query.after(), order);
        List<MessageView> found = search.page(query.filter(), order, after, query.limit() + 1);
        if (found.size() <= query.limit()) {
            return new MessagePage(found, null);
        }
        List<MessageView> page = found.subList(0, query.limit());
        return new MessagePage(page, Cursor.write(Place.of(page.get(page.size() - 1), order), order));
    }

    /** Hands each message that fits to the consumer, oldest first, a page at a time. Returns how many there were. */
    public long each(MessageFilter filter, Consumer<MessageView> consumer) {
        long count = 0;
        @Nullable Place after = null;
        List<MessageView> page;
        do {
            page = search.page(filter, MessageOrder.OLDEST, after, PAGE);
            page.forEach(consumer);
            count += page.size();
            after = page.isEmpty() ? after : Place.of(page.get(page.size() - 1), MessageOrder.OLDEST);
        } while (page.size() == PAGE);
        return count;
    }

    /**
     * Writes messages as CSV, a header and one line each, oldest first; memory does not grow with their number. It holds
     * numbers and texts: keep it where such data belong. The audit trail notes the filter and the count. Returns how many
     * there were. Flushes the writer and leaves it open.
     */
    public long export(MessageFilter filter, CsvMode mode, Writer out) throws IOException {
        MessageTable table = new MessageTable(new CsvTable(out, mode));
        table.header();
        long count = each(filter, table::line);
        table.flush();
        acts.act(Action.HISTORY_EXPORTED)
                .tenant(filter.tenant())
                .detail("filter", filter.toString())
                .detail("messages", Long.toString(count))
                .detail("mode", mode.name())
                .record();
        return count;
    }
}
