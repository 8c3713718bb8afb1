package io.tidings.jdbc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.outbox.SearchStore.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statement of one page: fragments that only enums choose, and a parameter for each value. Tenant, order and limit are
 * always in it. For one thread.
 */
final class SearchStatement {
    private static final String WAITING =
            "x.accepted_at, NULL, x.accepted_at, {now}, " + QueueRows.COLUMNS.replace("q.", "x.");
    /** As if they were in the queue: a state and a date that nobody reads. */
    private static final String GONE =
            "x.%s, x.status, x.changed_at, {now}, " + "x.id, 0, 0, x.attempts, x.counted, x.failure, x.body, x.tenant";

    /** Parts of a text as PostgreSQL's indexes of them have it; other databases look through the whole text. */
    private static final String CHANNEL = "split_part(split_part(x.body, '\"channel\":\"', 2), '\"', 1)";

    private static final String TEMPLATE = "split_part(split_part(x.body, '\"template\":{\"name\":\"', 2), '\"', 1)";
    private static final String CODE = "split_part(split_part(x.failure, '\"code\":', 2), ',', 1)";

    private static final String ACCEPTED = "accepted_at";

    private final Dialect dialect;
    private final MessageFilter filter;
    private final MessageOrder order;
    private final @Nullable Place after;
    private final int limit;
    private final StringBuilder sql = new StringBuilder();
    private final List<Database.Binder> values = new ArrayList<>();

    SearchStatement(Dialect dialect, MessageFilter filter, MessageOrder order, @Nullable Place after, int limit) {
        this.dialect = dialect;
        this.filter = filter;
        this.order = order;
        this.after = after;
        this.limit = limit;
        List<MessageStatus> waiting = statuses(true);
        List<MessageStatus> gone = statuses(false);
        String at = order == MessageOrder.LAST_CHANGED ? "changed_at" : ACCEPTED;
        if (filter.statuses().isEmpty() || !waiting.isEmpty()) {
            range(WAITING, "tidings_queue", "tidings_tag", ACCEPTED, () -> states(waiting));
        }
        if (filter.statuses().isEmpty()) {
            gone(at, () -> {});
        }
        for (List<MessageStatus> together : ranges(gone)) {
            gone(at, () -> standing(together));
        }
    }

    /** Those of the filter's that messages have in the queue, or after it. */
    private List<MessageStatus> statuses(boolean inQueue) {
        return filter.statuses().stream()
                .filter(status -> inQueue == isInQueue(status))
                .sorted()
                .toList();
    }

    /**
     * Each status has a range of its own, which is in order along an index. Not with a tag: its messages are in order along an
     * index of their own, and would be looked up for each range, whatever their status.
     */
    private List<List<MessageStatus>> ranges(List<MessageStatus> gone) {
        return filter.tag() == null || gone.isEmpty()
                ? gone.stream().map(List::of).toList()
                : List.of(gone);
    }

    private static boolean isInQueue(MessageStatus status) {
        return switch (status) {
            case SCHEDULED, QUEUED, SENDING, UNCERTAIN -> true;
            case ACCEPTED, SENT, DELIVERED, READ, UNDELIVERED, FAILED, REFUSED, EXPIRED, CANCELED, DEAD -> false;
        };
    }

    private void gone(String at, Runnable statuses) {
        range(GONE.formatted(at), "tidings_message", "tidings_message_tag", at, statuses);
    }

    private void range(String columns, String table, String tags, String at, Runnable statuses) {
        String side = sql.isEmpty() ? "" : "\nUNION ALL\n";
        sql.append(side).append("(SELECT ").append(columns).append(" FROM ");
        if (filter.tag() != null) {
            sql.append(tags).append(" t JOIN ").append(table).append(" x ON x.id = t.message");
        } else {
            sql.append(table).append(" x");
        }
        sql.append(" WHERE x.tenant = ?");
        values.add(to -> to.text(filter.tenant().value()));
        if (!filter.tenant().equals(TenantId.DEFAULT)) {
            sql.append(" AND x.tenant <> 'default'"); // so that PostgreSQL sees its partial index to hold all of them
        }
        boolean alongTag = filter.tag() != null && at.equals(ACCEPTED);
        String time = (alongTag ? "t." : "x.") + at;
        String id = alongTag ? "t.message" : "x.id";
        beyond(time, id);
        statuses.run();
        columns(alongTag ? "t" : "x");
        tag();
        texts();
        String direction = order == MessageOrder.OLDEST ? "" : " DESC";
        sql.append(" ORDER BY %1$s%3$s, %2$s%3$s LIMIT ?)".formatted(time, id, direction));
        values.add(to -> to.number(limit));
    }

    private void beyond(String time, String id) {
        String sign = order == MessageOrder.OLDEST ? ">" : "<";
        where(
                "%1$s %3$s= ? AND (%1$s %3$s ? OR %2$s %3$s ?)".formatted(time, id, sign),
                after,
                (to, place) -> to.time(place.at()).time(place.at()).id(place.id()));
    }

    private void states(List<MessageStatus> waiting) {
        List<String> states = waiting.stream().map(SearchStatement::state).toList();
        if (!states.isEmpty()) {
            sql.append(" AND (").append(String.join(" OR ", states)).append(")");
        }
    }

    private static String state(MessageStatus status) {
        return switch (status) {
            case SCHEDULED -> "(x.state = 0 AND x.attempts = 0 AND x.not_before > {now})";
            case QUEUED -> "(x.state = 0 AND (x.attempts > 0 OR x.not_before <= {now}))";
            case SENDING -> "x.state = 1";
            case UNCERTAIN -> "x.state = 2";
            default -> throw new IllegalArgumentException("no message in the queue is " + status);
        };
    }

    /** Part of the text, so that PostgreSQL sees when a partial index holds all of them. */
    private void standing(List<MessageStatus> statuses) {
        String names =
                statuses.stream().map(status -> "'" + status.name() + "'").collect(Collectors.joining(", "));
        sql.append(" AND x.status ").append(statuses.size() == 1 ? "= " + names : "IN (" + names + ")");
    }

    private void columns(String dated) {
        where("x.recipient = ?", filter.to(), Values::person);
        where("x.lane = ?", filter.category(), (to, category) -> to.number(category.lane()));
        seldom(filter.category(), Category.TRANSACTIONAL, "x.lane <> " + Category.TRANSACTIONAL.lane());
        where(
                "%1$s.accepted_at >= ? AND %1$s.accepted_at < ?".formatted(dated),
                filter.accepted(),
                (to, span) -> to.time(span.from()).time(span.until()));
    }

    private void tag() {
        where(
                "t.tenant = ? AND t.name = ? AND t.content = ?",
                filter.tag(),
                (to, tag) -> to.text(filter.tenant().value()).text(tag.name()).text(tag.value()));
    }

    /** As {@link MessageCodec} writes them. */
    private void texts() {
        if (dialect == Dialect.POSTGRESQL) {
            parts();
            return;
        }
        where(
                "POSITION(? IN x.body) > 0",
                filter.channel(),
                (to, channel) -> to.text("\"channel\":" + quoted(channel.name())));
        where(
                "POSITION(? IN x.body) > 0",
                filter.template(),
                (to, name) -> to.text("\"template\":{\"name\":" + quoted(name)));
        where(
                "x.failure IS NOT NULL AND POSITION(? IN x.failure) > 0",
                filter.code(),
                (to, code) -> to.text("\"code\":" + code + ","));
    }

    /** With the conditions of the partial indexes that hold them. */
    private void parts() {
        where(CHANNEL + " = ?", filter.channel(), (to, channel) -> to.text(channel.name()));
        seldom(filter.channel(), Channel.SMS, "POSITION('\"channel\":\"SMS\"' IN x.body) = 0");
        where(
                "POSITION('\"template\":{\"name\":\"' IN x.body) > 0 AND " + TEMPLATE + " = ?",
                filter.template(),
                Values::text);
        where(
                "x.failure IS NOT NULL AND " + CODE + " = ?",
                filter.code(),
                (to, code) -> to.text(Integer.toString(code)));
    }

    /**
     * Says in words that what is looked for is not what most messages are: by them PostgreSQL sees that an index which leaves
     * those out holds everything.
     */
    private <T> void seldom(@Nullable T wanted, T most, String condition) {
        if (wanted != null && !wanted.equals(most)) {
            sql.append(" AND ").append(condition);
        }
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private <T> void where(String condition, @Nullable T wanted, Database.RowBinder<T> binder) {
        if (wanted != null) {
            sql.append(" AND ").append(condition);
            values.add(to -> binder.bind(to, Objects.requireNonNull(wanted)));
        }
    }

    String sql() {
        return sql.toString();
    }

    void bind(Values to) throws SQLException {
        for (Database.Binder each : values) {
            each.bind(to);
        }
    }
}
