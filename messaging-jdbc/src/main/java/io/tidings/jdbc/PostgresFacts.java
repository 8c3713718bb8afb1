package io.tidings.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.consent.ConsentEntry;
import io.tidings.gate.FactSource;
import io.tidings.gate.Facts;
import io.tidings.gate.Needs;
import io.tidings.message.Channel;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Answers all questions with one statement: rows of facts, each with the number of its question and its kind. */
final class PostgresFacts implements FactSource {
    /**
     * Earlier messages that are on their way or have arrived, newest first; of one recipient, so few. What is not of the
     * recipient is looked at afterwards: while tables are new, any index seems as good as the recipients' own.
     */
    private static final String EARLIER = """
            SELECT id, accepted_at, lane, text_hash FROM (
                SELECT id, accepted_at, lane, text_hash, tenant FROM tidings_queue
                WHERE recipient = g.recipient AND id < g.id %1$s OFFSET 0) q
            WHERE tenant = g.tenant
            UNION ALL
            SELECT id, accepted_at, lane, text_hash FROM (
                SELECT id, accepted_at, lane, text_hash, tenant, status FROM tidings_message
                WHERE recipient = g.recipient AND id < g.id %1$s OFFSET 0) m
            WHERE tenant = g.tenant AND status IN ('ACCEPTED', 'SENT', 'DELIVERED', 'READ')""";

    private static final String ENTRY_OF = "SELECT c.place, c." + JdbcConsentStore.COLUMNS.replace(", ", ", c.");
    private static final String NO_ENTRY = "NULL" + ", NULL".repeat(12) + ", NULL::bigint";
    /**
     * What a question asks for lies in JSON, and PostgreSQL takes each such list for a hundred rows: of a hundred times a
     * hundred it would compile the statement first (JIT), for longer than a second. Of a limit that it cannot know yet it
     * expects a tenth of them.
     */
    private static final String FEW = "LIMIT (SELECT 1000000)";
    /**
     * How many wait, a row for each change. The limit keeps them all, and makes PostgreSQL read them in the order of the index: so
     * it learns which entries are of deleted rows, and skips them the next time. A bitmap, which it would take otherwise, reads
     * them all until the next vacuum.
     */
    static final String WAITING = """
            SELECT name, delta FROM tidings_counter WHERE kind = 'waiting' ORDER BY name LIMIT (SELECT 9223372036854775807)""";

    private static final String ALWAYS = part("""
            WITH given AS MATERIALIZED (
                SELECT * FROM json_to_recordset(CAST(? AS json)) AS g(
                    n integer, id uuid, tenant text, recipient text, text_hash bigint, hashes json, sender text,
                    recent json, used json, blocked json) %5$s
            ), waiting AS MATERIALIZED (
                SELECT name, SUM(delta) AS waiting FROM (%6$s) c GROUP BY name
            )
            SELECT g.n, 'consent', NULL, c.* FROM given g CROSS JOIN LATERAL (
                %1$s FROM tidings_consent c WHERE c.tenant = g.tenant AND c.number = g.recipient OFFSET 0) c
            UNION ALL
            SELECT g.n, 'consent', NULL, c.* FROM given g
            CROSS JOIN LATERAL (SELECT * FROM json_to_recordset(g.hashes) AS l(key_id text, content text) %5$s) h
            CROSS JOIN LATERAL (
                %1$s FROM tidings_consent c
                WHERE c.tenant = g.tenant AND c.hash_key = h.key_id AND c.hash = h.content OFFSET 0) c
            UNION ALL
            SELECT g.n, 'same', NULL, e.accepted_at, %2$s FROM given g CROSS JOIN LATERAL (
                SELECT accepted_at FROM (%3$s) e ORDER BY id DESC LIMIT 1) e
            UNION ALL
            SELECT g.n, 'tenant', NULL, w.waiting, %2$s FROM given g JOIN waiting w ON w.name = g.tenant
            UNION ALL
            SELECT 0, 'all', NULL, SUM(waiting), %2$s FROM waiting""");
    private static final String RECENT = part("""

            UNION ALL
            SELECT g.n, 'recent', CAST(r.place AS text), e.accepted_at, %2$s FROM given g
            CROSS JOIN LATERAL (
                SELECT * FROM json_to_recordset(g.recent) AS l(place integer, lanes integer[], nth integer, past bigint) %5$s) r
            CROSS JOIN LATERAL (
                SELECT accepted_at, row_number() OVER (ORDER BY id DESC) AS nth FROM (%4$s) e
                WHERE lane = ANY(r.lanes) AND accepted_at > {now} - r.past) e
            WHERE e.nth = r.nth""");
    private static final String USED = part("""

            UNION ALL
            SELECT g.n, 'used', u.name, b.used, %2$s FROM given g
            CROSS JOIN LATERAL (SELECT * FROM json_array_elements_text(g.used) AS l(name) %5$s) u
            CROSS JOIN LATERAL (SELECT spent + reserved AS used, spent, reserved, alerted
                FROM tidings_budget WHERE name = u.name OFFSET 0) b
            WHERE b.spent <> 0 OR b.reserved <> 0 OR b.alerted <> 0""");
    private static final String BLOCKED = part("""

            UNION ALL
            SELECT g.n, 'blocked', u.name, p.blocked_until, %2$s FROM given g
            CROSS JOIN LATERAL (SELECT * FROM json_to_recordset(g.blocked) AS l(name text, token text) %5$s) u
            CROSS JOIN LATERAL (SELECT blocked_until FROM tidings_pumping
                WHERE name = u.token AND blocked_until > {now} OFFSET 0) p""");
    private static final String INBOUND = part("""

            UNION ALL
            SELECT g.n, 'inbound', NULL, i.at, %2$s FROM given g CROSS JOIN LATERAL (
                SELECT MAX(at) AS at FROM tidings_inbound
                WHERE person = g.recipient AND channel = 'WHATSAPP' AND (sender = g.sender OR service = g.sender)) i
            WHERE g.sender IS NOT NULL AND i.at IS NOT NULL""");

    private final Database database;

    /** Which parts the statement has, for PostgreSQL sets up each of them, also for nothing. */
    private record Parts(boolean recent, boolean used, boolean blocked, boolean inbound) {
        private static final Map<Parts, String> STATEMENTS = new ConcurrentHashMap<>();

        static Parts of(List<Question> questions) {
            return new Parts(
                    questions.stream()
                            .anyMatch(question -> !question.needs().recent().isEmpty()),
                    questions.stream()
                            .anyMatch(question -> !question.needs().used().isEmpty()),
                    questions.stream()
                            .anyMatch(question -> !question.needs().blocked().isEmpty()),
                    questions.stream().anyMatch(question -> sender(question.message()) != null));
        }

        /** The same text each time. */
        String sql() {
            return STATEMENTS.computeIfAbsent(this, Parts::text);
        }

        private String text() {
            return ALWAYS
                    + (recent ? RECENT : "")
                    + (used ? USED : "")
                    + (blocked ? BLOCKED : "")
                    + (inbound ? INBOUND : "");
        }
    }

    /** One row of the answer. */
    private record Found(
            int question,
            String kind,
            @Nullable String name,
            long amount,
            @Nullable ConsentEntry entry) {

        static Found of(Row row) throws SQLException {
            int question = row.integer();
            String kind = row.text();
            String name = row.textOrNull();
            long amount = row.number();
            return new Found(question, kind, name, amount, kind.equals("consent") ? JdbcConsentStore.read(row) : null);
        }
    }

    PostgresFacts(Database database) {
        this.database = database;
    }

    private static String part(String text) {
        return text.formatted(
                ENTRY_OF,
                NO_ENTRY,
                EARLIER.formatted("AND text_hash = g.text_hash"),
                EARLIER.formatted(""),
                FEW,
                WAITING);
    }

    /** Whoever sends to somebody over WhatsApp must have heard from them. */
    private static @Nullable Sender sender(OutboundMessage message) {
        return message.channel() == Channel.WHATSAPP ? message.from() : null;
    }

    @Override
    public List<Facts> read(List<Question> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        List<Answer> answers = new ArrayList<>(questions.size());
        questions.forEach(question -> answers.add(new Answer(question)));
        for (Found found : database.query(
                Parts.of(questions).sql(), values -> values.text(json(answers, database.cipher())), Found::of)) {
            if (found.kind().equals("all")) {
                answers.forEach(answer -> answer.backlog(found.amount()));
            } else {
                take(answers.get(found.question()), found);
            }
        }
        return answers.stream().map(Answer::facts).toList();
    }

    private static void take(Answer answer, Found found) {
        String name = String.valueOf(found.name());
        switch (found.kind()) {
            case "consent" -> answer.consent(found.amount(), Objects.requireNonNull(found.entry()));
            case "same" -> answer.sameTextAt(Values.instant(found.amount()));
            case "recent" -> answer.recent(Integer.parseInt(name), Values.instant(found.amount()));
            case "tenant" -> answer.tenantBacklog(found.amount());
            case "used" -> answer.used(name, found.amount());
            case "blocked" -> answer.blocked(name, Values.instant(found.amount()));
            case "inbound" -> answer.lastInboundAt(Values.instant(found.amount()));
            default -> throw new IllegalStateException("a fact of an unknown kind");
        }
    }

    private static String json(List<Answer> answers, ColumnCipher cipher) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode(answers.size());
        for (Answer answer : answers) {
            Question question = answer.question();
            OutboundMessage message = question.message();
            ObjectNode row = rows.addObject()
                    .put("n", rows.size() - 1)
                    .put("id", question.id().toString())
                    .put("tenant", message.tenant().value())
                    .put("recipient", cipher.number(message.to()))
                    .put("text_hash", MessageCodec.hash(message.content(), cipher));
            Sender sender = sender(message);
            if (sender != null) {
                row.put("sender", sender.address());
            }
            ArrayNode hashes = row.putArray("hashes");
            question.person()
                    .hashes()
                    .forEach(hash ->
                            hashes.addObject().put("key_id", hash.keyId()).put("content", hash.value()));
            putNeeds(row, answer, cipher);
        }
        return rows.toString();
    }

    private static void putNeeds(ObjectNode row, Answer answer, ColumnCipher cipher) {
        Needs needs = answer.question().needs();
        ArrayNode recent = row.putArray("recent");
        for (Needs.Recent need : answer.recents()) {
            ObjectNode json = recent.addObject()
                    .put("place", recent.size() - 1)
                    .put("nth", need.nth())
                    .put("past", Values.micros(need.window()));
            ArrayNode lanes = json.putArray("lanes");
            need.categories().forEach(category -> lanes.add(category.lane()));
        }
        ArrayNode used = row.putArray("used");
        needs.used().forEach(used::add);
        ArrayNode blocked = row.putArray("blocked");
        needs.blocked()
                .forEach(name ->
                        blocked.addObject().put("name", name).put("token", JdbcPumpingStore.token(name, cipher)));
    }
}
