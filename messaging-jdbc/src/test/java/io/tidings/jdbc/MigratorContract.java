package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.NotConfiguredException;
import io.tidings.template.TemplateDraft;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the migrator does on every database. */
abstract class MigratorContract {
    private static final int STARTS = 8;

    private DataSource pool;
    private Dialect dialect;

    /** An empty place for tables, as a host's own schema is. */
    abstract DataSource empty();

    @BeforeEach
    void open() throws SQLException {
        pool = empty();
        try (Connection connection = pool.getConnection()) {
            dialect = Dialect.of(connection);
        }
    }

    private Void apply(SchemaMode mode, List<Script> scripts) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            new Migrator(dialect, Names.STANDARD, scripts).apply(connection, mode);
            return null;
        }
    }

    private List<Script> shipped() {
        return Script.of(dialect);
    }

    /** The shipped scripts and one that would be noticed if it ran twice. */
    private List<Script> next(String statements) {
        List<Script> more = new ArrayList<>(shipped());
        more.add(new Script(more.size() + 1, "io/tidings/jdbc/V999__next.sql", statements));
        return more;
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    private List<String> tables() throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet found = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {
                            "TABLE", "BASE TABLE"
                        })) {
            List<String> names = new ArrayList<>();
            while (found.next()) {
                names.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
            return names;
        }
    }

    @Test
    void of_many_nodes_that_start_on_an_empty_database_one_runs_each_script() throws Exception {
        Databases.execute(pool, "CREATE TABLE ran (times INTEGER)");
        List<Script> scripts = next("INSERT INTO ran (times) VALUES (1);\n");
        CyclicBarrier together = new CyclicBarrier(STARTS);
        ExecutorService threads = Executors.newFixedThreadPool(STARTS);
        try {
            Callable<Void> start = () -> {
                together.await(60, TimeUnit.SECONDS);
                return apply(SchemaMode.MIGRATE, scripts);
            };
            for (Future<Void> each : threads.invokeAll(Collections.nCopies(STARTS, start))) {
                each.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(count("SELECT count(*) FROM ran")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM tidings_schema_history")).isEqualTo(scripts.size());
        apply(SchemaMode.VALIDATE, scripts);
    }

    @Test
    void validation_names_exactly_the_scripts_that_are_missing() throws Exception {
        List<String> all = shipped().stream().map(Script::path).toList();
        assertThatThrownBy(() -> apply(SchemaMode.VALIDATE, shipped()))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("Run " + all + " from the jar");
        assertThat(tables()).as("validation makes nothing").isEmpty();

        apply(SchemaMode.MIGRATE, shipped().subList(0, 1));
        assertThatThrownBy(() -> apply(SchemaMode.VALIDATE, shipped()))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("Run " + all.subList(1, all.size()) + " from the jar");

        apply(SchemaMode.MIGRATE, shipped());
        assertThatCode(() -> apply(SchemaMode.VALIDATE, shipped())).doesNotThrowAnyException();
    }

    @Test
    void without_a_mode_nothing_is_looked_at() throws Exception {
        apply(SchemaMode.NONE, shipped());

        assertThat(tables()).isEmpty();
    }

    @Test
    void a_script_that_was_changed_after_it_ran_is_named() throws Exception {
        apply(SchemaMode.MIGRATE, next("CREATE TABLE extra (x INTEGER);\n"));
        List<Script> changed = next("CREATE TABLE extra (y INTEGER);\n");

        for (SchemaMode mode : List.of(SchemaMode.MIGRATE, SchemaMode.VALIDATE)) {
            assertThatThrownBy(() -> apply(mode, changed))
                    .isInstanceOf(NotConfiguredException.class)
                    .hasMessageContaining("io/tidings/jdbc/V999__next.sql is not the one that ran");
        }
    }

    @Test
    void a_script_that_breaks_off_is_run_again_from_its_beginning() throws Exception {
        List<Script> broken =
                next("CREATE TABLE IF NOT EXISTS extra (x INTEGER);\nINSERT INTO nowhere (x) VALUES (1);\n");
        assertThatThrownBy(() -> apply(SchemaMode.MIGRATE, broken)).isInstanceOf(SQLException.class);

        apply(SchemaMode.MIGRATE, next("CREATE TABLE IF NOT EXISTS extra (x INTEGER);\n"));

        assertThat(tables()).contains("extra");
        assertThat(count("SELECT count(*) FROM tidings_schema_history"))
                .isEqualTo(shipped().size() + 1L);
    }

    @Test
    void what_a_later_version_adds_does_not_stop_an_older_node() throws Exception {
        apply(SchemaMode.MIGRATE, next("""
                        ALTER TABLE tidings_template ADD COLUMN colour VARCHAR(20);
                        CREATE TABLE tidings_later (id INTEGER);
                        """));

        Database older = JdbcStores.on(pool).database();
        JdbcTemplateStore templates = new JdbcTemplateStore(older);
        templates.add(TemplateDraft.of("ready", "Hi {{name}}"), 0);

        assertThat(templates.newest("ready")).isPresent();
        assertThatCode(() -> apply(SchemaMode.VALIDATE, shipped())).doesNotThrowAnyException();
    }

    @Test
    void uninstalling_drops_our_tables_and_no_others() throws Exception {
        Databases.execute(pool, "CREATE TABLE orders (id INTEGER)");
        apply(SchemaMode.MIGRATE, shipped());
        assertThat(tables()).containsAll(made());

        for (String statement : new Script(0, "", Script.resource(dialect, "uninstall.sql")).statements()) {
            Databases.execute(pool, statement);
        }

        assertThat(tables()).containsExactly("orders");
    }

    private List<String> made() {
        Pattern table = Pattern.compile("CREATE TABLE IF NOT EXISTS (tidings_[a-z_]+)");
        List<String> names = new ArrayList<>(List.of("tidings_schema_history"));
        for (Script script : shipped()) {
            Matcher found = table.matcher(script.text());
            while (found.find()) {
                names.add(found.group(1));
            }
        }
        return names;
    }

    @Test
    void a_schema_that_is_not_there_is_named() {
        assertThatThrownBy(() -> JdbcStores.on(pool).withSchema("nowhere").open())
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("the schema nowhere does not exist");
    }

    @Test
    void the_state_says_which_scripts_ran_and_which_are_needed() {
        JdbcStores stores = JdbcStores.on(pool);
        SchemaState before = stores.state();
        stores.open();
        SchemaState after = stores.state();

        assertThat(before.version()).isZero();
        assertThat(before.isReady()).isFalse();
        assertThat(after.version()).isEqualTo(shipped().size()).isEqualTo(after.needed());
        assertThat(after.isReady()).isTrue();
        assertThat(after.database()).isNotBlank();
    }
}
