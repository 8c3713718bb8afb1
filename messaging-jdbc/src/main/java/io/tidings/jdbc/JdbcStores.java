package io.tidings.jdbc;

import io.tidings.gate.FactSource;
import io.tidings.outbox.StepwiseHandover;
import io.tidings.outbox.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stores in the host's own database.
 *
 * <pre>{@code
 * Tidings tidings = Tidings.builder(provider).stores(JdbcStores.on(dataSource).open()).start();
 * }</pre>
 *
 * <p>Defaults: tables are created and brought up to date when the stores are opened, their names begin with {@code
 * tidings_} in the connection's own schema, the database is recognised by its driver, a statement may run for 10 seconds. Immutable; each {@code with} gives
 * a copy.
 */
public final class JdbcStores {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final ConnectionSource source;
    private final Names names;
    private final SchemaMode mode;
    private final @Nullable Dialect dialect;
    private final Duration timeout;
    private final @Nullable DataSource copy;
    private final @Nullable ColumnKeys keys;

    private JdbcStores(
            ConnectionSource source,
            Names names,
            SchemaMode mode,
            @Nullable Dialect dialect,
            Duration timeout,
            @Nullable DataSource copy,
            @Nullable ColumnKeys keys) {
        this.source = source;
        this.names = names;
        this.mode = mode;
        this.dialect = dialect;
        this.timeout = timeout;
        this.copy = copy;
        this.keys = keys;
    }

    /** In the database of this pool; every call is a transaction of its own. */
    public static JdbcStores on(DataSource pool) {
        return on(ConnectionSource.of(pool));
    }

    /** On the connections of this source, which can join transactions of the host. */
    public static JdbcStores on(ConnectionSource source) {
        return new JdbcStores(source, Names.STANDARD, SchemaMode.MIGRATE, null, DEFAULT_TIMEOUT, null, null);
    }

    /** What is done about the tables. */
    public JdbcStores withSchemaMode(SchemaMode other) {
        return new JdbcStores(source, names, other, dialect, timeout, copy, keys);
    }

    /** The schema of the tables, which must exist: lower-case letters, digits and {@code _}. */
    public JdbcStores withSchema(String schema) {
        return new JdbcStores(source, new Names(schema, names.prefix()), mode, dialect, timeout, copy, keys);
    }

    /** What the names of tables begin with: 1 to 32 lower-case letters and {@code _}. */
    public JdbcStores withPrefix(String prefix) {
        return new JdbcStores(source, new Names(names.schema(), prefix), mode, dialect, timeout, copy, keys);
    }

    /** The database, where the driver's name does not tell. */
    public JdbcStores withDialect(Dialect other) {
        return new JdbcStores(source, names, mode, other, timeout, copy, keys);
    }

    /** How long a statement of ours may run before it is cancelled, in whole seconds; default 10. */
    public JdbcStores withStatementTimeout(Duration limit) {
        if (limit.toSeconds() < 1) {
            throw new IllegalArgumentException("a statement needs a second at least, got " + limit);
        }
        return new JdbcStores(source, names, mode, dialect, limit, copy, keys);
    }

    /**
     * Searches messages and reads statistics on these connections, which may lead to a copy of the database that is a
     * little behind, such as a hot standby; everything else, and what is read inside a transaction, stays where it was.
     * Default: none. On an H2 file they may lead to the same file: such reads wait for nobody.
     */
    public JdbcStores withReadsFrom(DataSource pool) {
        return new JdbcStores(source, names, mode, dialect, timeout, pool, keys);
    }

    /**
     * Encrypts people's numbers and what messages say before they reach the database, with keys that never do. Default:
     * everything is in the clear. Opening them with keys for the first time encrypts what is there, while no node may
     * work; from then on they do not open without.
     */
    public JdbcStores encryptedBy(ColumnKeys others) {
        return new JdbcStores(source, names, mode, dialect, timeout, copy, others);
    }

    /**
     * Encrypts with the current key what is encrypted with another one, while nodes may work, once all of them encrypt
     * with it: afterwards the others need not be given any more, except the first one of these tables. Returns how many
     * rows were written. Broken off, it is begun again.
     *
     * @throws IllegalStateException if there are no keys
     */
    public long reencrypt() {
        if (keys == null) {
            throw new IllegalStateException("there are no keys to encrypt with; give them by encryptedBy(…)");
        }
        return Encryption.again(database(), keys);
    }

    /**
     * The stores. Throws {@link io.tidings.message.StoreUnavailableException} if the database does not answer, and
     * {@link io.tidings.message.NotConfiguredException} if its tables are not those of this version or need other keys.
     */
    public Stores open() {
        Database database = database();
        return stores(database, reads(database));
    }

    Reads reads(Database database) {
        if (copy == null) {
            return new Reads(database, null);
        }
        boolean readCommitted = database.dialect().readsRepeatably();
        return new Reads(
                database, database.through(new JdbcTransactions(ConnectionSource.of(copy), readCommitted, false)));
    }

    /**
     * Which tables there are. Throws {@link io.tidings.message.StoreUnavailableException} if the database does not answer.
     */
    public SchemaState state() {
        try {
            ConnectionSource.Lent lent = source.lend();
            try {
                Dialect spoken = dialect == null ? Dialect.of(lent.connection()) : dialect;
                return new Migrator(spoken, names, Script.of(spoken)).state(lent.connection());
            } finally {
                if (!lent.hosts()) {
                    lent.connection().close();
                }
            }
        } catch (SQLException e) {
            throw Failures.of("reading which tables there are", e);
        }
    }

    Database database() {
        Opened opened = opened();
        return Encryption.open(opened.database(), keys, opened.encryption());
    }

    /** The database, and what it says about its encryption. */
    private record Opened(Database database, Map<String, String> encryption) {}

    private Opened opened() {
        try {
            ConnectionSource.Lent lent = source.lend();
            if (lent.hosts()) {
                throw new IllegalStateException("stores are opened outside of a transaction of the host");
            }
            try (Connection connection = lent.connection()) {
                Dialect spoken = dialect == null ? Dialect.of(connection) : dialect;
                new Migrator(spoken, names, Script.of(spoken)).apply(connection, mode);
                boolean readCommitted = spoken.readsRepeatably();
                boolean oneAtATime = spoken == Dialect.H2 && H2File.isBehind(connection);
                return new Opened(
                        new Database(new JdbcTransactions(source, readCommitted, oneAtATime), spoken, names, timeout),
                        Encryption.known(connection, names));
            }
        } catch (SQLException e) {
            throw Failures.of("opening the stores", e);
        }
    }

    static Stores stores(Database database) {
        return stores(database, new Reads(database, null));
    }

    static Stores stores(Database database, Reads reads) {
        Counters counters = new Counters(database);
        JdbcAuditStore audit = new JdbcAuditStore(database);
        JdbcEventStore events = new JdbcEventStore(database);
        JdbcOutbox outbox = new JdbcOutbox(database, counters, audit, events);
        JdbcWorkQueue work = new JdbcWorkQueue(database, counters);
        JdbcHistory history = new JdbcHistory(database, counters);
        JdbcAttempts attempts = new JdbcAttempts(database);
        JdbcConsentStore consent = new JdbcConsentStore(database);
        JdbcBudgetStore budgets = new JdbcBudgetStore(database);
        JdbcPumpingStore pumping = new JdbcPumpingStore(database);
        FactSource facts = database.dialect() == Dialect.POSTGRESQL
                ? new PostgresFacts(database)
                : new StepwiseFacts(database, counters, new StepwiseFacts.Ledgers(consent, budgets, pumping));
        return new Stores(
                database.transactions(),
                outbox,
                work,
                history,
                attempts,
                database.dialect() == Dialect.POSTGRESQL
                        ? new PostgresHandover(database)
                        : new StepwiseHandover(database.transactions(), attempts, outbox, work, history),
                new JdbcDoubts(database, counters),
                new JdbcDecisions(database),
                consent,
                facts,
                budgets,
                pumping,
                audit,
                new JdbcAuditChain(database),
                new JdbcInboundStore(database),
                new JdbcConversations(database),
                new JdbcTemplateStore(database),
                new JdbcLimitStore(database),
                new JdbcStampStore(database),
                JdbcRecords.of(database, reads, counters, events),
                new JdbcRecurringStore(database),
                new JdbcLookout(database));
    }
}
