package io.tidings.jdbc;

import io.tidings.gate.GateRecord;
import io.tidings.history.DecisionStore;
import io.tidings.message.MessageId;
import java.util.List;
import java.util.Map;

/** A row for each time that gates were asked about a message. */
final class JdbcDecisions implements DecisionStore {
    static final String INSERT = "INSERT INTO tidings_decision (message, records) VALUES (?, ?)";
    private static final String INSERT_AT_ONCE = """
            INSERT INTO tidings_decision (message, records)
            SELECT * FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]))""";
    private static final String OF_MESSAGE = "SELECT records FROM tidings_decision WHERE message = ? ORDER BY place";

    private final Database database;

    JdbcDecisions(Database database) {
        this.database = database;
    }

    static String place(MessageId id) {
        return ColumnCipher.place("decision.records", id);
    }

    @Override
    public void append(Map<MessageId, List<GateRecord>> all) {
        DecisionJson.Batch json = new DecisionJson.Batch();
        List<Map.Entry<MessageId, List<GateRecord>>> said =
                all.entrySet().stream().filter(one -> !one.getValue().isEmpty()).toList();
        if (database.dialect() == Dialect.POSTGRESQL && !said.isEmpty()) {
            database.update(
                    INSERT_AT_ONCE,
                    values -> new Columns<>(database, values, said)
                            .uuids(one -> one.getKey().value())
                            .texts(one -> database.cipher().seal(place(one.getKey()), json.write(one.getValue()))));
        } else {
            database.batch(
                    INSERT,
                    said,
                    (values, one) -> values.id(one.getKey()).sealed(place(one.getKey()), json.write(one.getValue())));
        }
    }

    @Override
    public List<GateRecord> decisions(MessageId message) {
        return database
                .query(
                        OF_MESSAGE,
                        values -> values.id(message),
                        row -> row.cipher().open(place(message), row.text()))
                .stream()
                .flatMap(records -> DecisionJson.read(records).stream())
                .toList();
    }
}
