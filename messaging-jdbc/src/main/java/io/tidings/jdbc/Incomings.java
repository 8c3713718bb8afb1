package io.tidings.jdbc;

import io.tidings.audit.AuditStore;
import io.tidings.event.EventStore;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stores new messages with several statements, where one cannot do it. */
final class Incomings {
    static final String KEY = "INSERT INTO tidings_key (tenant, name, message, fingerprint) VALUES (?, ?, ?, ?)";
    private static final String ROW = """
            INSERT INTO tidings_queue
                (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, order_key, recipient,
                 text_hash, accepted_at, tagged, failure, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String TAG =
            "INSERT INTO tidings_tag (tenant, name, content, accepted_at, message) VALUES (?, ?, ?, ?, ?)";
    private static final String LABEL = TAG.replace("tidings_tag", "tidings_message_tag");
    /** One order for everybody, so that two that share keys never wait for each other in a circle. */
    private static final Comparator<Incoming> BY_KEY = Comparator.<Incoming, String>comparing(
                    one -> stored(one).message().tenant().value())
            .thenComparing(one -> Objects.requireNonNull(stored(one).message().key()));

    private final Database database;
    private final Counters counters;
    private final AuditStore audit;
    private final EventStore events;

    private record Tag(StoredMessage message, Map.Entry<String, String> tag) {}

    Incomings(Database database, Counters counters, AuditStore audit, EventStore events) {
        this.database = database;
        this.counters = counters;
        this.audit = audit;
        this.events = events;
    }

    static StoredMessage stored(Incoming incoming) {
        QueueRow row = incoming.row();
        return row != null
                ? row.stored()
                : Objects.requireNonNull(incoming.refused()).stored();
    }

    /** Where the fingerprint of a message lies. */
    static String fingerprint(MessageId id) {
        return ColumnCipher.place("key.fingerprint", id);
    }

    /** What messages are kept in order by: only compared, and often made of a number. */
    static @Nullable String orderKey(OutboundMessage message, ColumnCipher cipher) {
        return cipher.tokenOrNull("order", message.options().orderKey());
    }

    /** Stores them and returns which. */
    Set<MessageId> store(List<Incoming> messages) {
        Set<MessageId> losers = keys(messages);
        List<Incoming> stored = messages.stream()
                .filter(one -> !losers.contains(stored(one).id()))
                .toList();
        put(stored.stream()
                .map(Incoming::row)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList());
        refuse(stored);
        DecisionJson.Batch json = new DecisionJson.Batch();
        database.batch(
                JdbcDecisions.INSERT,
                stored.stream().filter(one -> !one.decisions().isEmpty()).toList(),
                (values, one) -> values.id(stored(one).id())
                        .sealed(JdbcDecisions.place(stored(one).id()), json.write(one.decisions())));
        audit.append(stored.stream()
                .map(Incoming::audit)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList());
        events.append(stored.stream()
                .map(Incoming::event)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList());
        Set<MessageId> ids = new HashSet<>();
        stored.forEach(one -> ids.add(stored(one).id()));
        return ids;
    }

    private Set<MessageId> keys(List<Incoming> messages) {
        Set<MessageId> losers = new HashSet<>();
        messages.stream()
                .filter(one -> stored(one).message().key() != null)
                .sorted(BY_KEY)
                .forEachOrdered(one -> {
                    boolean won = database.insert(
                            KEY,
                            values -> values.text(stored(one).message().tenant().value())
                                    .text(stored(one).message().key())
                                    .id(stored(one).id())
                                    .sealed(fingerprint(stored(one).id()), one.fingerprint()));
                    if (!won) {
                        losers.add(stored(one).id());
                    }
                });
        return losers;
    }

    private void refuse(List<Incoming> messages) {
        List<MessageRow> refused = messages.stream()
                .map(Incoming::refused)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        database.batch(JdbcHistory.INSERT, refused, JdbcHistory::bind);
        tag(LABEL, refused.stream().map(MessageRow::stored).toList());
        Map<String, Long> counts = new TreeMap<>();
        refused.forEach(row -> counts.merge(row.status().name(), 1L, Long::sum));
        counts.forEach((status, count) -> counters.add(Counters.STATUS, status, count));
    }

    /** Puts rows into the queue. */
    void put(List<QueueRow> rows) {
        database.batch(ROW, rows, Incomings::bind);
        tag(TAG, rows.stream().map(QueueRow::stored).toList());
        Map<String, Long> counts = new TreeMap<>();
        for (QueueRow row : rows) {
            counts.merge(row.stored().message().tenant().value(), 1L, Long::sum);
        }
        counts.forEach((tenant, count) -> counters.add(Counters.WAITING, tenant, count));
    }

    private void tag(String insert, List<StoredMessage> messages) {
        List<Tag> tags = new ArrayList<>();
        for (StoredMessage message : messages) {
            message.message().tags().entrySet().forEach(tag -> tags.add(new Tag(message, tag)));
        }
        database.batch(
                insert,
                tags,
                (values, tag) -> values.text(tag.message().message().tenant().value())
                        .text(tag.tag().getKey())
                        .text(tag.tag().getValue())
                        .time(tag.message().acceptedAt())
                        .id(tag.message().id()));
    }

    private static void bind(Values values, QueueRow row) throws SQLException {
        StoredMessage stored = row.stored();
        values.id(stored.id())
                .text(stored.account().value())
                .text(stored.sender().address())
                .number(0)
                .number(QueueRows.number(row.state()))
                .number(stored.message().category().lane())
                .text(stored.message().tenant().value())
                .time(row.notBefore())
                .number(row.tries().attempts())
                .number(row.tries().counted())
                .text(orderKey(stored.message(), values.cipher()))
                .person(stored.message().to())
                .number(MessageCodec.hash(stored.message().content(), values.cipher()))
                .time(stored.acceptedAt())
                .flag(!stored.message().tags().isEmpty())
                .text(MessageCodec.write(row.lastFailure()))
                .text(MessageCodec.write(stored, values.cipher()));
    }
}
