package io.tidings.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.event.EventKind;
import io.tidings.jdbc.JdbcConsentStore.Place;
import io.tidings.message.AttemptId;
import io.tidings.message.Channel;
import io.tidings.message.Conversation;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table in which something is encrypted, and how a row of it is written anew: read with whatever key it is encrypted
 * with, or in the clear, and encrypted with the current one. Everything encrypted lies in one of {@link #ALL}.
 *
 * @param name the table
 * @param key what names its rows
 * @param marker what tells with which key a row is encrypted, if it is
 * @param read further columns that are read
 * @param written the columns that are written, in order
 * @param rewrite reads key and further columns, and gives what is written: nothing for a row that stays as it is
 */
record SealedTable(String name, Key key, Marker marker, List<String> read, List<String> written, Rewrite rewrite) {

    private static final ColumnCipher CLEAR = new ClearColumns();

    static final List<SealedTable> ALL = List.of(
            messages("tidings_queue", true),
            messages("tidings_quarantine", true),
            messages("tidings_message", false),
            of("tidings_decision", Key.PLACE, "records", "message records", "records", SealedTable::decision),
            of("tidings_observation", Key.PLACE, "raw", "message number at raw", "raw", SealedTable::observation),
            of(
                    "tidings_key",
                    Key.NAME_OF_TENANT,
                    "fingerprint",
                    "message fingerprint",
                    "fingerprint",
                    SealedTable::key),
            of(
                    "tidings_audit_data",
                    Key.ID,
                    "details",
                    "person person_sealed reason details",
                    "person person_sealed reason details",
                    SealedTable::audit),
            of(
                    "tidings_consent",
                    Key.PLACE,
                    "number_sealed",
                    "tenant number number_sealed words at",
                    "number number_sealed words",
                    SealedTable::consent),
            of(
                    "tidings_inbound",
                    Key.ID,
                    "person_sealed",
                    "tenant sender channel person person_sealed body media extras raw",
                    "person person_sealed body media extras raw conversation",
                    SealedTable::inbound),
            happenings(HappeningRows.EVENT),
            happenings(HappeningRows.DELIVERY),
            of("tidings_recurring", Key.NAME_OF_TENANT, Marker.never("body"), "body", "body", SealedTable::recurring),
            of("tidings_access_key", Key.TEXT_ID, "grants", "grants", "grants", SealedTable::grants),
            of("tidings_pumping", Key.NAME, Marker.token("name"), "", "name", SealedTable::counter));

    /** What names a row, and how each column of it is read. */
    record Key(Database.Reader<Object> reader, List<String> columns) {
        static final Key ID = new Key(Row::uuid, List.of("id"));
        static final Key TEXT_ID = new Key(Row::text, List.of("id"));
        static final Key PLACE = new Key(Row::number, List.of("place"));
        static final Key NAME = new Key(Row::text, List.of("name"));
        static final Key NAME_OF_TENANT = new Key(Row::text, List.of("tenant", "name"));
    }

    /**
     * The column that tells with which key a row is encrypted.
     *
     * @param column its name
     * @param start what it begins with in a row that is encrypted so
     */
    record Marker(String column, UnaryOperator<String> start) {
        static Marker of(String column) {
            return new Marker(column, written -> written);
        }

        /** The encrypted part of a message lies within its body. */
        static Marker body(String column) {
            return new Marker(column, written -> MessageCodec.SEALED_START + written);
        }

        /** Tokens are made with the one key for lookups. */
        static Marker token(String column) {
            return new Marker(column, written -> SealedColumns.TOKEN_MARK);
        }

        /** The rows are few, and all are written anew. */
        static Marker never(String column) {
            return new Marker(column, written -> "none");
        }

        String read() {
            return "COALESCE(" + column + ", '')";
        }
    }

    /** Reads a row and gives what is written. */
    @FunctionalInterface
    interface Rewrite {
        List<@Nullable Object> of(List<Object> key, Row row) throws SQLException;
    }

    /** A row by its key, as its marker was, and what is written there: nothing, if it stays as it is. */
    record Rewritten(List<Object> key, String marked, List<@Nullable Object> values) {
        boolean isWritten() {
            return !values.isEmpty();
        }

        void bind(Values to) throws SQLException {
            for (Object value : values) {
                bind(to, value);
            }
            bindKey(to);
            to.text(marked);
        }

        void bindKey(Values to) throws SQLException {
            for (Object part : key) {
                bind(to, part);
            }
        }

        private static void bind(Values to, @Nullable Object value) throws SQLException {
            if (value instanceof UUID id) {
                to.uuid(id);
            } else if (value instanceof Long number) {
                to.number(number);
            } else {
                to.text((String) value);
            }
        }
    }

    private static SealedTable of(String name, Key key, String marker, String read, String written, Rewrite rewrite) {
        return of(name, key, Marker.of(marker), read, written, rewrite);
    }

    private static SealedTable of(String name, Key key, Marker marker, String read, String written, Rewrite rewrite) {
        return new SealedTable(name, key, marker, words(read), words(written), rewrite);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    /** So many rows in the order of their keys, behind one if {@code on}. */
    String select(boolean on) {
        List<String> columns = new ArrayList<>(key.columns());
        columns.add(marker.read());
        columns.addAll(read);
        String keys = String.join(", ", key.columns());
        String behind =
                on ? " WHERE (" + keys + ") > (" + Database.marks(key.columns().size()) + ")" : "";
        return "SELECT " + String.join(", ", columns) + " FROM " + name + behind + " ORDER BY " + keys + " LIMIT ?";
    }

    /** Of a row that still is as it was read. */
    String update() {
        return "UPDATE " + name + " SET " + String.join(" = ?, ", written) + " = ? WHERE "
                + String.join(" = ? AND ", key.columns()) + " = ? AND " + marker.read() + " = ?";
    }

    /** What is written into a row, unless its marker begins as it is to. */
    Rewritten read(Row row, String written) throws SQLException {
        List<Object> found = new ArrayList<>(key.columns().size());
        while (found.size() < key.columns().size()) {
            found.add(key.reader().read(row));
        }
        String marked = row.text();
        boolean done = marked.startsWith(marker.start().apply(written));
        return new Rewritten(found, marked, done ? List.of() : rewrite.of(found, row));
    }

    private static List<@Nullable Object> values(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static SealedTable messages(String name, boolean ordered) {
        String order = ordered ? " order_key" : "";
        return of(
                name,
                Key.ID,
                Marker.body("body"),
                "recipient body" + order,
                "recipient text_hash body" + order,
                (key, row) -> {
                    MessageId id = new MessageId((UUID) key.get(0));
                    String recipient = row.text();
                    List<@Nullable Object> values = new ArrayList<>(message(id, recipient, row.text(), row.cipher()));
                    if (ordered && !values.isEmpty()) {
                        String orderKey = row.textOrNull();
                        values.add(
                                orderKey == null || orderKey.startsWith(SealedColumns.TOKEN_MARK)
                                        ? orderKey
                                        : row.cipher().token("order", orderKey));
                    }
                    return values;
                });
    }

    /** What is no message is encrypted as it is; what cannot be opened stays. */
    private static List<@Nullable Object> message(MessageId id, String recipient, String body, ColumnCipher cipher) {
        String person = recipient.startsWith("+") ? cipher.number(recipient) : recipient;
        try {
            JsonNode json = MessageCodec.open(id, body, cipher);
            long hash = MessageCodec.hash(ContentJson.read(json.path("content")), cipher);
            return values(person, (Long) hash, MessageCodec.seal(id, (ObjectNode) json, cipher));
        } catch (RuntimeException e) {
            return whole(id, person, body, cipher);
        }
    }

    private static List<@Nullable Object> whole(MessageId id, String person, String body, ColumnCipher cipher) {
        String place = MessageCodec.place(id);
        try {
            return values(person, (Long) 0L, cipher.seal(place, cipher.open(place, body)));
        } catch (UnreadableRowException e) {
            return List.of();
        }
    }

    private static List<@Nullable Object> decision(List<Object> key, Row row) throws SQLException {
        return again(JdbcDecisions.place(row.id()), row);
    }

    private static List<@Nullable Object> observation(List<Object> key, Row row) throws SQLException {
        AttemptId of = new AttemptId(row.id(), row.integer());
        return again(JdbcAttempts.place(of, row.time()), row);
    }

    private static List<@Nullable Object> key(List<Object> key, Row row) throws SQLException {
        return again(Incomings.fingerprint(row.id()), row);
    }

    private static List<@Nullable Object> again(String place, Row row) throws SQLException {
        try {
            return values(row.cipher().seal(place, row.cipher().open(place, row.text())));
        } catch (UnreadableRowException e) {
            return List.of();
        }
    }

    private static List<@Nullable Object> audit(List<Object> key, Row row) throws SQLException {
        UUID id = (UUID) key.get(0);
        ColumnCipher cipher = row.cipher();
        String person = row.textOrNull();
        String beside = row.textOrNull();
        String reason = row.textOrNull();
        String details = row.text();
        ColumnCipher was = details.startsWith(SealedColumns.MARK) ? cipher : CLEAR;
        try {
            String number = person == null ? null : was.read(AuditRows.place("person", id), person, beside);
            return values(
                    number == null ? null : cipher.number(number),
                    number == null ? null : cipher.seal(AuditRows.place("person", id), number),
                    again(AuditRows.place("reason", id), reason, was, cipher),
                    again(AuditRows.place("details", id), details, was, cipher));
        } catch (UnreadableRowException e) {
            return List.of();
        }
    }

    private static @Nullable String again(String place, @Nullable String text, ColumnCipher was, ColumnCipher is) {
        return is.sealOrNull(place, was.openOrNull(place, text));
    }

    /** An entry about a person who was erased has nothing that is encrypted. */
    private static List<@Nullable Object> consent(List<Object> key, Row row) throws SQLException {
        TenantId tenant = new TenantId(row.text());
        String lookedUp = row.textOrNull();
        String beside = row.textOrNull();
        String words = row.textOrNull();
        Instant at = row.time();
        if (lookedUp == null) {
            return List.of();
        }
        ColumnCipher cipher = row.cipher();
        ColumnCipher was = beside == null ? CLEAR : cipher;
        try {
            Place before = new Place(tenant, lookedUp, at);
            String number = was.read(before.of("number"), lookedUp, beside);
            Place place = new Place(tenant, cipher.number(number), at);
            return values(
                    place.lookedUp(),
                    cipher.seal(place.of("number"), number),
                    cipher.sealOrNull(place.of("words"), was.openOrNull(before.of("words"), words)));
        } catch (UnreadableRowException e) {
            return List.of();
        }
    }

    private static List<@Nullable Object> inbound(List<Object> key, Row row) throws SQLException {
        MessageId id = new MessageId((UUID) key.get(0));
        ColumnCipher cipher = row.cipher();
        TenantId tenant = new TenantId(row.text());
        var sender = row.sender();
        boolean whatsApp = Channel.valueOf(row.text()) == Channel.WHATSAPP;
        String lookedUp = row.text();
        String beside = row.textOrNull();
        ColumnCipher was = beside == null ? CLEAR : cipher;
        try {
            String number = was.read(InboundRows.place("person", id), lookedUp, beside);
            List<@Nullable Object> values = new ArrayList<>(
                    values(cipher.number(number), cipher.seal(InboundRows.place("person", id), number)));
            for (String column : List.of("body", "media", "extras", "raw")) {
                values.add(again(InboundRows.place(column, id), row.text(), was, cipher));
            }
            values.add(InboundRows.conversation(
                    new Conversation(tenant, sender, new PhoneNumber(number), whatsApp), cipher));
            return values;
        } catch (UnreadableRowException e) {
            return List.of();
        }
    }

    private static SealedTable happenings(String table) {
        return of(
                "tidings_" + table,
                Key.PLACE,
                "facts",
                "kind at subject facts",
                "subject facts",
                (key, row) -> happening(table, row));
    }

    private static List<@Nullable Object> happening(String table, Row row) throws SQLException {
        EventKind kind = EventKind.valueOf(row.text());
        Instant at = row.time();
        try {
            var what = new HappeningRows.Raw(table, kind, at, row.text(), row.text(), row.cipher()).read();
            return values(
                    HappeningRows.subject(what.subject(), row.cipher()),
                    HappeningRows.facts(table, what, row.cipher()));
        } catch (UnreadableRowException e) {
            return List.of();
        }
    }

    private static List<@Nullable Object> recurring(List<Object> key, Row row) throws SQLException {
        String place = JdbcRecurringStore.place((String) key.get(0), (String) key.get(1));
        try {
            JsonNode json = Json.parse(row.text());
            JsonNode message = MessageCodec.open(json.path("message"), place, row.cipher());
            MessageCodec.seal((ObjectNode) message, place, row.cipher());
            return values(json.toString());
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static List<@Nullable Object> grants(List<Object> key, Row row) throws SQLException {
        return again(JdbcAccessKeys.place((String) key.get(0)), row);
    }

    private static List<@Nullable Object> counter(List<Object> key, Row row) {
        return values(JdbcPumpingStore.token((String) key.get(0), row.cipher()));
    }
}
