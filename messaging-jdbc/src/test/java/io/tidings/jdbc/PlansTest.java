package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditQuery;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL makes of statements when its statistics know nothing of what is going on. */
class PlansTest {
    private static final int BATCH = 300;
    private static final Pattern THROWN_AWAY = Pattern.compile("Rows Removed by Join Filter: (\\d+)");

    private static final Pattern FETCHED = Pattern.compile("Heap Fetches: (\\d+)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by Filter: (\\d+)");

    private final DataSource database = Databases.postgresIn(Databases.postgresSchema());

    PlansTest() {
        JdbcStores.on(database).open();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settling_never_compares_each_answer_with_each_attempt(boolean analyzed) throws SQLException {
        Databases.execute(database, """
                INSERT INTO tidings_attempt (message, number, status, error_code, conflict, due_at, started_at, changed_at)
                SELECT gen_random_uuid(), 1, 'QUEUED', 0, FALSE, 0, 0, 0 FROM generate_series(1, 2000)""");
        if (analyzed) {
            Databases.execute(database, "ANALYZE tidings_attempt, tidings_queue");
        }
        Databases.execute(database, """
                INSERT INTO tidings_queue
                    (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, recipient, text_hash,
                     accepted_at, tagged, body)
                SELECT CAST(lpad(CAST(n AS text), 32, '0') AS uuid), 'a', 's', 0, 1, 2, 'default', 0, 1, 0, '+12025550100',
                       n, 0, FALSE, repeat('x', 600)
                FROM generate_series(1, %d) n""".formatted(BATCH));
        Databases.execute(database, """
                INSERT INTO tidings_attempt (message, number, status, error_code, conflict, due_at, started_at, changed_at)
                SELECT id, 1, 'SENDING_TO_PROVIDER', 0, FALSE, 0, 0, 0 FROM tidings_queue""");

        String plan = explain(PostgresHandover.SETTLE.replace("{now}", "0"), """
                SELECT json_agg(json_build_object('message', id, 'sid', 'SM' || id, 'seen', 'QUEUED', 'code', 0,
                    'source', 'ANSWER', 'at', 0, 'raw', '{}', 'bare', TRUE, 'status', 'ACCEPTED')) FROM tidings_queue""");

        assertThat(plan).contains("Insert on tidings_message");
        Matcher compared = THROWN_AWAY.matcher(plan);
        while (compared.find()) {
            assertThat(Integer.parseInt(compared.group(1))).as(plan).isLessThan(10 * BATCH);
        }
        assertThat(number("SELECT count(*) FROM tidings_queue")).isZero();
        assertThat(number("SELECT count(*) FROM tidings_message")).isEqualTo(BATCH);
    }

    @Test
    void an_audit_entry_that_is_not_like_most_is_found_by_an_index_of_the_others() throws SQLException {
        Databases.execute(database, """
                INSERT INTO tidings_audit
                    (id, at, tenant, actor_kind, actor, action, node, environment, commitment)
                SELECT gen_random_uuid(), n, 'default', 'HOST', 'host', 'message.sent', 'n', '', 'c'
                FROM generate_series(1, 20000) n""");
        Databases.execute(database, "ANALYZE tidings_audit");
        AuditQuery all = AuditQuery.all().between(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)));

        assertThat(explain(new AuditSearch(all.by(new Actor(Actor.Kind.USER, "u-17")))))
                .contains("tidings_audit_actor");
        assertThat(explain(new AuditSearch(all.of(Action.OPT_OUT)))).contains("tidings_audit_action");
        assertThat(explain(new AuditSearch(all.of(new TenantId("north"))))).contains("tidings_audit_tenant");
        assertThat(explain(new AuditSearch(all.of(TenantId.DEFAULT)))).contains("tidings_audit_time");
    }

    @ParameterizedTest
    @CsvSource({"default, tidings_message_age", "north, tidings_message_changed"})
    void what_changed_last_is_found_along_an_index(String tenant, String index) throws SQLException {
        Databases.execute(database, """
                INSERT INTO tidings_message
                    (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, changed_at, body)
                SELECT gen_random_uuid(), CASE WHEN n % 2 = 0 THEN 'north' ELSE 'default' END, '+12025550100', n, 2, n,
                       'SENT', 1, 1, 40000 - n, '{}'
                FROM generate_series(1, 20000) n""");
        Databases.execute(database, "ANALYZE tidings_message");
        SearchStatement search = new SearchStatement(
                Dialect.POSTGRESQL, MessageFilter.of(new TenantId(tenant)), MessageOrder.LAST_CHANGED, null, 20);

        Database own = JdbcStores.on(new HostConnections(database)).database();
        assertThat(own.query("EXPLAIN " + search.sql(), search::bind, Row::text))
                .anyMatch(line -> line.contains(index));
    }

    /** Of two tenants; what few messages are lies far behind the newest, and of the second tenant nowhere. */
    private void manyMessages() {
        Databases.execute(database, """
                INSERT INTO tidings_message
                    (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, failure, changed_at, body)
                SELECT gen_random_uuid(), CASE WHEN n % 2 = 0 THEN 'north' ELSE 'default' END, '+12025550100', n,
                       CASE WHEN n = 101 THEN 4 ELSE 3 END, n,
                       CASE WHEN n = 101 THEN 'READ' WHEN n % 40 < 3 THEN 'FAILED' ELSE 'DELIVERED' END, 1, 1,
                       CASE WHEN n % 40 < 3 THEN '{"code":' || CASE n WHEN 121 THEN 30042 ELSE 30003 END || ',"kind":"x"}' END,
                       n, '{"v":1,"channel":"' || CASE n WHEN 101 THEN 'WHATSAPP' ELSE 'SMS' END || '","content":{}'
                       || CASE WHEN n = 101 THEN ',"template":{"name":"seldom"}'
                               WHEN n % 3 = 0 THEN ',"template":{"name":"often"}' ELSE '' END || '}'
                FROM generate_series(1, 40000) n""");
        Databases.execute(database, "ANALYZE tidings_message");
    }

    static Stream<Arguments> seldom() {
        return Stream.of("default", "north")
                .map(TenantId::new)
                .map(MessageFilter::of)
                .flatMap(all -> Stream.of(
                        Arguments.of(all.in(MessageStatus.READ), "tidings_message_status"),
                        Arguments.of(all.in(MessageStatus.READ, MessageStatus.DEAD), "tidings_message_status"),
                        Arguments.of(all.of(Category.MARKETING), "tidings_message_lane"),
                        Arguments.of(all.on(Channel.WHATSAPP), "tidings_message_channel"),
                        Arguments.of(all.from("seldom"), "tidings_message_template"),
                        Arguments.of(all.failedWith(30042), "tidings_message_failed")));
    }

    @ParameterizedTest
    @MethodSource("seldom")
    void what_few_messages_are_is_found_along_an_index_of_its_own(MessageFilter filter, String index) {
        manyMessages();
        SearchStatement search = new SearchStatement(Dialect.POSTGRESQL, filter, MessageOrder.NEWEST, null, 50);

        Database own = JdbcStores.on(new HostConnections(database)).database();
        String plan = String.join("\n", own.query("EXPLAIN (ANALYZE) " + search.sql(), search::bind, Row::text));

        assertThat(plan).contains(index).doesNotContain("Seq Scan on tidings_message");
        Matcher read = REMOVED.matcher(plan);
        while (read.find()) {
            assertThat(Integer.parseInt(read.group(1))).as(plan).isLessThan(100);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWEST", "OLDEST"})
    void what_carries_a_tag_is_read_along_its_dates_once_for_all_statuses(MessageOrder order) {
        manyMessages();
        Databases.execute(database, """
                INSERT INTO tidings_message_tag (tenant, name, content, accepted_at, message)
                SELECT tenant, 'campaign', 'spring-' || accepted_at / 2 % 2, accepted_at, id FROM tidings_message""");
        Databases.execute(database, "ANALYZE tidings_message_tag");
        MessageFilter campaign = MessageFilter.of(new TenantId("north")).tagged("campaign", "spring-1");

        for (MessageFilter filter : List.of(campaign, campaign.in(MessageStatus.FAILED, MessageStatus.DELIVERED))) {
            SearchStatement search = new SearchStatement(Dialect.POSTGRESQL, filter, order, null, 50);
            Database own = JdbcStores.on(new HostConnections(database)).database();
            String plan = String.join("\n", own.query("EXPLAIN (ANALYZE) " + search.sql(), search::bind, Row::text));

            assertThat(plan)
                    .containsOnlyOnce("tidings_message_tag_accepted")
                    .doesNotContain("Seq Scan on tidings_message");
            assertThat(plan).containsPattern("tidings_message_tag_accepted.*actual .*rows=[5-9]\\d(\\.\\d+)? ");
        }
    }

    /** Counters are added up all the time, which leaves thousands of index entries of deleted rows until the next vacuum. */
    @Test
    void what_waits_is_summed_along_the_index_so_that_deleted_changes_are_looked_at_once() throws SQLException {
        Databases.execute(database, "ALTER TABLE tidings_counter SET (autovacuum_enabled = off)");
        Databases.execute(database, """
                INSERT INTO tidings_counter (kind, name, delta) SELECT 'waiting', 'default', 1 FROM generate_series(1, 7000)""");
        Databases.execute(database, "DELETE FROM tidings_counter WHERE place > 100");

        long first = number("SELECT count(*) FROM (" + PostgresFacts.WAITING + ") c");
        String plan = explain(PostgresFacts.WAITING);

        assertThat(first).isEqualTo(100);
        assertThat(plan).contains("Index Only Scan using tidings_counter_name");
        Matcher fetched = FETCHED.matcher(plan);
        assertThat(fetched.find()).as(plan).isTrue();
        assertThat(Integer.parseInt(fetched.group(1))).as(plan).isLessThan(1_000);
    }

    private String explain(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            return lines(statement.executeQuery("EXPLAIN (ANALYZE, TIMING OFF) " + sql));
        }
    }

    /** Carries it out, with the value that a query returns. */
    private String explain(String sql, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            ResultSet value = statement.executeQuery(query);
            value.next();
            try (PreparedStatement explain = connection.prepareStatement("EXPLAIN (ANALYZE, TIMING OFF) " + sql)) {
                explain.setString(1, value.getString(1));
                return lines(explain.executeQuery());
            }
        }
    }

    private String explain(AuditSearch search) {
        Database own = JdbcStores.on(new HostConnections(database)).database();
        return String.join("\n", own.query("EXPLAIN " + search.sql(), search::bind, Row::text));
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String lines(ResultSet rows) throws SQLException {
        StringJoiner lines = new StringJoiner("\n");
        while (rows.next()) {
            lines.add(rows.getString(1));
        }
        return lines.toString();
    }
}
