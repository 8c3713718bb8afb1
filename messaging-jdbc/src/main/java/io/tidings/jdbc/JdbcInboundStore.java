package io.tidings.jdbc;

import io.tidings.history.InboundMove;
import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.history.InboundStore;
import io.tidings.message.AccountId;
import io.tidings.message.Conversation;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages from people. A claim is a lease in the row; every step is an update that is guarded by state and claims. */
final class JdbcInboundStore implements InboundStore {
    private static final String APPEND = "INSERT INTO tidings_inbound (" + InboundRows.MESSAGE + """
            , conversation, raw, state, claims, due_at, held_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'RECEIVED', 0, {now}, 0)""";
    private static final String GONE = "SELECT sid FROM tidings_inbound_gone WHERE account = ? AND sid = ?";
    private static final String TAKE_BACK = "DELETE FROM tidings_inbound WHERE id = ?";
    private static final String CLAIMABLE = "SELECT " + InboundRows.ROW + """

            FROM tidings_inbound i
            WHERE i.state = ? AND i.due_at <= {now} AND i.held_until <= {now} AND NOT EXISTS (
                SELECT 1 FROM tidings_inbound o
                WHERE o.conversation = i.conversation AND (o.at < i.at OR (o.at = i.at AND o.id < i.id))
            """;
    private static final String OLDEST_FIRST = ") ORDER BY i.at, i.id LIMIT ? FOR UPDATE SKIP LOCKED";
    private static final String UNHEARD =
            CLAIMABLE + "AND o.state = 'RECEIVED' AND (o.due_at <= {now} OR o.held_until > {now})" + OLDEST_FIRST;
    private static final String HEARD = CLAIMABLE + "AND o.state IN ('RECEIVED', 'CHECKED')" + OLDEST_FIRST;
    private static final String HOLD = """
            UPDATE tidings_inbound SET claims = claims + 1, held_until = {now} + ?
            WHERE id = ? AND state = ? AND held_until <= {now}""";
    private static final String MOVE = """
            UPDATE tidings_inbound
            SET state = ?, claims = ?, note = ?, due_at = {now} + ?, held_until = 0,
                replied_at = CASE WHEN ? = 1 THEN {now} ELSE replied_at END
            WHERE id = ? AND state = ? AND claims = ?""";
    private static final String QUARANTINE = """
            UPDATE tidings_inbound SET state = 'QUARANTINED', claims = 0, note = 'it cannot be read' WHERE id = ?""";
    private static final String FIND = "SELECT " + InboundRows.ROW + " FROM tidings_inbound WHERE id = ?";
    private static final String RAW = "SELECT raw FROM tidings_inbound WHERE id = ?";
    private static final String IN_STATE =
            "SELECT " + InboundRows.ROW + " FROM tidings_inbound WHERE state = ? ORDER BY at, id LIMIT ?";
    private static final String REPLIES =
            "SELECT count(*) FROM tidings_inbound WHERE conversation = ? AND replied_at > {now} - ?";
    private static final String MARK = "SELECT complete_until FROM tidings_inbound_mark WHERE account = ?";
    private static final String START = "INSERT INTO tidings_inbound_mark (account, complete_until) VALUES (?, ?)";
    private static final String FORWARD =
            "UPDATE tidings_inbound_mark SET complete_until = ? WHERE account = ? AND complete_until < ?";

    private final Database database;

    JdbcInboundStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean append(InboundMessage message, Map<String, String> raw) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            boolean inserted = database.insert(APPEND, values -> {
                InboundRows.bind(values, message);
                values.text(InboundRows.conversation(message.conversation(), values.cipher()))
                        .sealed(InboundRows.place("raw", message.id()), JsonText.of(raw));
            });
            return inserted && !takeBackIfDeleted(message);
        });
    }

    /** Asked behind the insert, which waits for whoever deletes a message with this id of the provider. */
    private boolean takeBackIfDeleted(InboundMessage message) {
        boolean deleted = database.find(
                        GONE, values -> values.text(message.account().value()).text(message.sid()), Row::text)
                .isPresent();
        if (deleted) {
            database.update(TAKE_BACK, values -> values.id(message.id()));
        }
        return deleted;
    }

    @Override
    public List<InboundRow> claim(InboundState state, int limit, Duration lease) {
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            List<InboundRow> due = orQuarantined(database.query(
                    state == InboundState.CHECKED ? HEARD : UNHEARD,
                    values -> values.text(state.name()).number(limit),
                    InboundRows::orUnreadable));
            List<InboundRow> byId = new ArrayList<>(due);
            byId.sort(Comparator.comparing(row -> row.message().id()));
            List<MessageId> held = new ArrayList<>();
            for (InboundRow row : byId) {
                if (hold(row.message().id(), state, lease)) {
                    held.add(row.message().id());
                }
            }
            return due.stream()
                    .filter(row -> held.contains(row.message().id()))
                    .map(row -> new InboundRow(row.message(), row.state(), row.claims() + 1, row.note()))
                    .toList();
        });
    }

    /** Those that can be read; the others wait for an operator, so that they stop nobody. */
    private List<InboundRow> orQuarantined(List<InboundRows.Found> rows) {
        List<InboundRow> readable = new ArrayList<>(rows.size());
        for (InboundRows.Found found : rows) {
            if (found.row() != null) {
                readable.add(found.row());
            } else {
                database.update(QUARANTINE, values -> values.id(found.id()));
            }
        }
        return readable;
    }

    private boolean hold(MessageId id, InboundState state, Duration lease) {
        return database.update(HOLD, values -> values.duration(lease).id(id).text(state.name())) > 0;
    }

    @Override
    public Optional<InboundRow> claim(MessageId id, Duration lease) {
        return database.transactions().run(() -> hold(id, InboundState.CHECKED, lease) ? find(id) : Optional.empty());
    }

    @Override
    public boolean move(InboundRow seen, InboundMove move) {
        int claims = move.to() == seen.state() ? seen.claims() : 0;
        return database.update(
                        MOVE,
                        values -> values.text(move.to().name())
                                .number(claims)
                                .text(move.note())
                                .duration(move.pause())
                                .number(move.replied() ? 1 : 0)
                                .id(seen.message().id())
                                .text(seen.state().name())
                                .number(seen.claims()))
                > 0;
    }

    @Override
    public Optional<InboundRow> find(MessageId id) {
        return database.find(FIND, values -> values.id(id), InboundRows::row);
    }

    @Override
    public Map<String, String> raw(MessageId id) {
        return database.find(RAW, values -> values.id(id), row -> InboundRows.raw(id, row))
                .orElse(Map.of());
    }

    @Override
    public List<InboundRow> inState(InboundState state, int limit) {
        return database
                .query(IN_STATE, values -> values.text(state.name()).number(limit), InboundRows::orUnreadable)
                .stream()
                .flatMap(InboundRows.Found::ifReadable)
                .toList();
    }

    @Override
    public int replies(Conversation conversation, Duration within) {
        return database.find(
                        REPLIES,
                        values -> values.text(InboundRows.conversation(conversation, values.cipher()))
                                .duration(within),
                        Row::integer)
                .orElse(0);
    }

    @Override
    public Optional<Instant> completeUntil(AccountId account) {
        return database.find(MARK, values -> values.text(account.value()), Row::time);
    }

    @Override
    public void markComplete(AccountId account, Instant until) {
        database.transactions().execute(() -> {
            boolean first = completeUntil(account).isEmpty()
                    && database.insert(
                            START, values -> values.text(account.value()).time(until));
            if (!first) {
                database.update(
                        FORWARD,
                        values -> values.time(until).text(account.value()).time(until));
            }
        });
    }
}
