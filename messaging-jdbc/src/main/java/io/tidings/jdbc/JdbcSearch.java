package io.tidings.jdbc;

import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.history.TryCount;
import io.tidings.jdbc.QueueRows.Raw;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.SearchStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One range of each of the two tables, read by one statement, so in one snapshot, and put into one order.
 *
 * <p>What is no column of its own is looked for in the text of the row; the filter decides once more when the row is
 * read, because such a text may be found in another place of it.
 */
final class JdbcSearch implements SearchStore {
    private static final Logger log = LoggerFactory.getLogger(JdbcSearch.class);

    private final Reads reads;

    /** A row and where it stands; without a message if it cannot be read. */
    private record Found(Place place, Optional<MessageView> message) {}

    JdbcSearch(Reads reads) {
        this.reads = reads;
    }

    @Override
    public List<MessageView> page(MessageFilter filter, MessageOrder order, @Nullable Place after, int limit) {
        Database database = reads.database();
        return database.transactions().run(() -> {
            List<MessageView> page = new ArrayList<>();
            @Nullable Place last = after;
            boolean more = true;
            // Rows that do not fit after all, or cannot be read, are made up for: a short page is the last one.
            while (more && page.size() < limit) {
                int missing = limit - page.size();
                List<Found> rows = rows(
                        database,
                        new SearchStatement(database.dialect(), filter, order, last, missing),
                        order,
                        missing);
                rows.stream()
                        .flatMap(row -> row.message().stream())
                        .filter(view -> filter.holds(view.stored(), view.status(), view.failure()))
                        .forEach(page::add);
                more = rows.size() == missing;
                last = rows.isEmpty() ? last : rows.get(rows.size() - 1).place();
            }
            return page;
        });
    }

    private static List<Found> rows(Database database, SearchStatement statement, MessageOrder order, int limit) {
        List<Found> rows = new ArrayList<>(database.query(statement.sql(), statement::bind, JdbcSearch::found));
        Comparator<Place> ascending = Comparator.comparing(Place::at).thenComparing(Place::id);
        rows.sort(Comparator.comparing(Found::place, order == MessageOrder.OLDEST ? ascending : ascending.reversed()));
        return rows.subList(0, Math.min(limit, rows.size()));
    }

    /** The columns of both tables are {@link SearchStatement}'s. */
    private static Found found(Row row) throws SQLException {
        Instant at = row.time();
        String status = row.textOrNull();
        Instant changedAt = row.time();
        Instant now = row.time();
        Raw raw = Raw.of(row);
        Place place = new Place(at, raw.id());
        return new Found(
                place, status == null ? waiting(raw, now) : gone(raw, MessageStatus.valueOf(status), changedAt));
    }

    private static Optional<MessageView> waiting(Raw raw, Instant now) {
        return QueueRows.readOne(raw).map(row -> MessageView.of(row, now));
    }

    private static Optional<MessageView> gone(Raw raw, MessageStatus status, Instant changedAt) {
        try {
            return Optional.of(new MessageView(
                    MessageCodec.read(raw.id(), raw.body(), raw.cipher()),
                    status,
                    new TryCount(raw.attempts(), raw.counted()),
                    MessageCodec.failure(raw.failure()),
                    null,
                    changedAt));
        } catch (UnreadableRowException e) {
            log.warn("a message is left out of a search, it cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
