package io.tidings.jdbc;

import io.tidings.endpoint.EndpointState;
import io.tidings.endpoint.EndpointStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** How endpoints are doing: a row each, which is written to only when that changes. */
final class JdbcEndpointStore implements EndpointStore {
    private static final String ADD = "INSERT INTO tidings_endpoint (name) VALUES (?)";
    private static final String FIND = "SELECT {now} - failing_since, disabled FROM tidings_endpoint WHERE name = ?";
    private static final String SUCCEEDED =
            "UPDATE tidings_endpoint SET failing_since = NULL WHERE name = ? AND failing_since IS NOT NULL";
    private static final String FAILED =
            "UPDATE tidings_endpoint SET failing_since = {now} WHERE name = ? AND failing_since IS NULL";
    private static final String DISABLE =
            "UPDATE tidings_endpoint SET disabled = ? WHERE name = ? AND disabled IS NULL";
    private static final String ENABLE = """
            UPDATE tidings_endpoint SET disabled = NULL, failing_since = NULL
            WHERE name = ? AND disabled IS NOT NULL""";

    private final Database database;

    JdbcEndpointStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Collection<String> names) {
        names.stream().sorted().forEach(name -> database.insert(ADD, values -> values.text(name)));
    }

    @Override
    public Optional<EndpointState> find(String name) {
        return database.find(FIND, values -> values.text(name), JdbcEndpointStore::state);
    }

    private static EndpointState state(Row row) throws SQLException {
        Long micros = row.numberOrNull();
        return new EndpointState(micros == null ? null : notNegative(Values.duration(micros)), row.textOrNull());
    }

    /** The clock of a database may step back. */
    private static Duration notNegative(Duration span) {
        return span.isNegative() ? Duration.ZERO : span;
    }

    @Override
    public void succeeded(String name) {
        database.update(SUCCEEDED, values -> values.text(name));
    }

    @Override
    public Duration failed(String name) {
        return database.transactions().run(() -> {
            if (database.update(FAILED, values -> values.text(name)) == 1) {
                return Duration.ZERO;
            }
            Duration failing = find(name).orElse(EndpointState.WELL).failingFor();
            return failing == null ? Duration.ZERO : failing;
        });
    }

    @Override
    public boolean disable(String name, String reason) {
        return database.update(DISABLE, values -> values.text(reason).text(name)) == 1;
    }

    @Override
    public boolean enable(String name) {
        return database.update(ENABLE, values -> values.text(name)) == 1;
    }
}
