package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.message.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A history that is partitioned while there are messages in it, and months that come and go. */
class PartitionsTest {
    private static final String[] TABLES = {
        "tidings_message", "tidings_attempt", "tidings_message_tag", "tidings_observation", "tidings_decision"
    };

    private final String schema = Databases.postgresSchema();
    private final DataSource database = Databases.postgresIn(schema);
    private final ZonedDateTime month =
            ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);

    PartitionsTest() {
        JdbcStores.on(database).open();
    }

    /** Like a message that was accepted then, with an id of that time. */
    private void message(ZonedDateTime at) {
        long millis = at.toInstant().toEpochMilli();
        String id = "%012x".formatted(millis).replaceFirst("(.{8})(.{4})", "$1-$2-7000-8000-000000000000");
        Databases.execute(database, """
                INSERT INTO tidings_message
                    (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, changed_at, body)
                VALUES ('%1$s', 'default', '+12025550100', 1, 3, %2$d, 'DELIVERED', 1, 1, %2$d, '{}');
                INSERT INTO tidings_attempt (message, number, status, error_code, conflict, due_at, started_at, changed_at)
                VALUES ('%1$s', 1, 'DELIVERED', 0, FALSE, %2$d, %2$d, %2$d);
                INSERT INTO tidings_message_tag (tenant, name, content, accepted_at, message)
                VALUES ('default', 'campaign', 'spring', %2$d, '%1$s');
                INSERT INTO tidings_observation (message, number, status, error_code, source, at, raw)
                VALUES ('%1$s', 1, 'DELIVERED', 0, 'CALLBACK', %2$d, '{}');
                INSERT INTO tidings_decision (message, records) VALUES ('%1$s', '[]')""".formatted(id, millis * 1_000));
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private List<String> found(MessageFilter filter) {
        SearchStatement search = new SearchStatement(Dialect.POSTGRESQL, filter, MessageOrder.NEWEST, null, 50);
        return JdbcStores.on(new HostConnections(database)).database().query(search.sql(), search::bind, row -> {
            row.time();
            row.textOrNull();
            row.time();
            row.time();
            return row.id().toString();
        });
    }

    @Test
    void messages_of_before_stay_and_each_month_has_a_place_of_its_own() throws SQLException {
        message(month.minusMonths(5));
        message(month);

        Partitions.make(schema);
        message(month.plusMonths(1).minus(1, ChronoUnit.MILLIS));
        message(month.plusMonths(1));
        message(month.plusMonths(3));
        message(month.plusYears(9));

        String next = "%tY_%<tm".formatted(month.plusMonths(1));
        String last = "%tY_%<tm".formatted(month.plusMonths(3));
        for (String table : TABLES) {
            assertThat(texts("SELECT tableoid::regclass || ' ' || count(*) FROM " + table + " GROUP BY tableoid"))
                    .containsExactlyInAnyOrder(
                            table + "_first 3",
                            table + "_" + next + " 1",
                            table + "_" + last + " 1",
                            table + "_rest 1");
        }
        assertThat(texts("SELECT DISTINCT place FROM tidings_observation")).hasSize(6);
        MessageFilter all = MessageFilter.of(TenantId.DEFAULT);
        List<String> newestFirst = texts("SELECT id FROM tidings_message ORDER BY id DESC");
        assertThat(found(all)).isEqualTo(newestFirst);
        assertThat(found(all.tagged("campaign", "spring"))).isEqualTo(newestFirst);
    }

    @Test
    void run_again_it_makes_the_months_that_are_missing_and_nothing_else() throws SQLException {
        Partitions.make(schema);
        String last = "tidings_message_%tY_%<tm".formatted(month.plusMonths(3));
        Databases.execute(database, "DROP TABLE " + last);
        String tables =
                "SELECT c.oid::regclass || ' ' || c.relkind::text || ' ' || COALESCE(c.reloptions::text, '') || ' ' "
                        + "|| COALESCE(pg_get_expr(c.relpartbound, c.oid), '') FROM pg_class c "
                        + "JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = '" + schema + "' ORDER BY 1";
        List<String> without = texts(tables);

        Partitions.make(schema);
        List<String> with = texts(tables);
        Partitions.make(schema);

        assertThat(with).containsAll(without).anyMatch(line -> line.startsWith(last + " r {fillfactor=85} FOR VALUES"));
        assertThat(texts(tables)).isEqualTo(with);
        assertThat(JdbcStores.on(database).withSchemaMode(SchemaMode.VALIDATE).open())
                .isNotNull();
    }

    @Test
    void who_might_use_the_tables_still_may_and_new_ones_have_the_same_owner() throws SQLException {
        String role = "user_of_" + schema;
        Databases.execute(database, "CREATE ROLE owner_of_" + schema);
        Databases.execute(database, "CREATE ROLE " + role);
        Databases.execute(database, "GRANT USAGE ON SCHEMA " + schema + " TO " + role);
        for (String table : TABLES) {
            Databases.execute(database, "ALTER TABLE " + table + " OWNER TO owner_of_" + schema);
            Databases.execute(database, "GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO " + role);
        }

        Partitions.make(schema);

        for (String table : TABLES) {
            assertThat(texts("SELECT tableowner FROM pg_tables WHERE schemaname = '" + schema + "' AND tablename LIKE '"
                            + table + "%' GROUP BY 1"))
                    .containsExactly("owner_of_" + schema);
            assertThat(texts("SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type) FROM "
                            + "information_schema.role_table_grants WHERE table_schema = '" + schema
                            + "' AND table_name = '" + table + "' AND grantee = '" + role + "'"))
                    .containsExactly("DELETE INSERT SELECT UPDATE");
        }
    }

    @Test
    void a_month_whose_messages_came_too_early_stops_no_other_month() throws SQLException {
        Partitions.make(schema);
        String next = "_%tY_%<tm".formatted(month.plusMonths(1));
        String last = "_%tY_%<tm".formatted(month.plusMonths(3));
        for (String table : TABLES) {
            Databases.execute(database, "DROP TABLE " + table + next);
            Databases.execute(database, "DROP TABLE " + table + last);
        }
        message(month.plusMonths(1));

        Partitions.make(schema);

        assertThat(texts("SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "'"))
                .contains("tidings_message" + last, "tidings_decision" + last)
                .doesNotContain("tidings_message" + next);
    }

    @Test
    void uninstalling_drops_the_partitions_too() throws SQLException {
        Partitions.make(schema);

        for (String statement : new Script(0, "", Script.resource(Dialect.POSTGRESQL, "uninstall.sql")).statements()) {
            Databases.execute(database, statement);
        }

        assertThat(texts("SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "'"))
                .isEmpty();
    }
}
