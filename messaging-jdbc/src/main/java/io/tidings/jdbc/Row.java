package io.tidings.jdbc;

import io.tidings.message.MessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row one after the other, in the order of the statement's list. */
final class Row {
    private final ResultSet found;
    private final Dialect dialect;
    private int column;

    Row(ResultSet found, Dialect dialect) {
        this.found = found;
        this.dialect = dialect;
    }

    /** Begins again with the first column. */
    Row first() {
        column = 0;
        return this;
    }

    MessageId id() throws SQLException {
        return new MessageId(uuid());
    }

    UUID uuid() throws SQLException {
        return dialect.uuid(found, ++column);
    }

    @Nullable
    UUID uuidOrNull() throws SQLException {
        if (found.getObject(column + 1) == null) {
            column++;
            return null;
        }
        return uuid();
    }

    String text() throws SQLException {
        return Objects.requireNonNull(textOrNull(), "a column that must have a text has none");
    }

    @Nullable
    String textOrNull() throws SQLException {
        return found.getString(++column);
    }

    long number() throws SQLException {
        return found.getLong(++column);
    }

    int integer() throws SQLException {
        return found.getInt(++column);
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long value = found.getLong(++column);
        return found.wasNull() ? null : (Long) value;
    }

    boolean flag() throws SQLException {
        return found.getBoolean(++column);
    }

    Instant time() throws SQLException {
        return Values.instant(number());
    }

    @Nullable
    Instant timeOrNull() throws SQLException {
        Long micros = numberOrNull();
        return micros == null ? null : Values.instant(micros);
    }

    Duration duration() throws SQLException {
        return Values.duration(number());
    }
}
