package io.tidings.jdbc;

import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row one after the other, in the order of the statement's list. */
final class Row {
    private static final Pattern NUMBER = Pattern.compile("\\+[0-9]+");
    /** Stored numbers are international, so that no region is ever asked for. */
    private static final String NO_REGION = "US";

    private final ResultSet found;
    private final Dialect dialect;
    private final ColumnCipher cipher;
    private int column;

    Row(ResultSet found, Dialect dialect, ColumnCipher cipher) {
        this.found = found;
        this.dialect = dialect;
        this.cipher = cipher;
    }

    /** Begins again with the first column. */
    Row first() {
        column = 0;
        return this;
    }

    ColumnCipher cipher() {
        return cipher;
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

    Sender sender() throws SQLException {
        return sender(text());
    }

    @Nullable
    Sender senderOrNull() throws SQLException {
        String address = textOrNull();
        return address == null ? null : sender(address);
    }

    static Sender sender(String address) {
        return NUMBER.matcher(address).matches()
                ? new Sender.Number(new PhoneNumber(address))
                : Sender.parse(address, NO_REGION);
    }

    long number() throws SQLException {
        return found.getLong(++column);
    }

    int integer() throws SQLException {
        return found.getInt(++column);
    }

    double decimal() throws SQLException {
        return found.getDouble(++column);
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
