package io.tidings.jdbc;

import io.tidings.gate.GateRecord;
import io.tidings.history.DecisionStore;
import io.tidings.message.MessageId;
import java.util.List;

/** A row for each time that gates were asked about a message. */
final class JdbcDecisions implements DecisionStore {
    static final String INSERT = "INSERT INTO tidings_decision (message, records) VALUES (?, ?)";
    private static final String OF_MESSAGE = "SELECT records FROM tidings_decision WHERE message = ? ORDER BY place";

    private final Database database;

    JdbcDecisions(Database database) {
        this.database = database;
    }

    @Override
    public void append(MessageId message, List<GateRecord> records) {
        if (!records.isEmpty()) {
            database.update(INSERT, values -> values.id(message).text(DecisionJson.write(records)));
        }
    }

    @Override
    public List<GateRecord> decisions(MessageId message) {
        return database.query(OF_MESSAGE, values -> values.id(message), Row::text).stream()
                .flatMap(records -> DecisionJson.read(records).stream())
                .toList();
    }
}
