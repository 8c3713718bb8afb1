package io.tidings.jdbc;

import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets the values of a statement one after the other. Times and durations are microseconds. */
final class Values {
    private final PreparedStatement statement;
    private final Dialect dialect;
    private final ColumnCipher cipher;
    private int index;

    Values(PreparedStatement statement, Dialect dialect, ColumnCipher cipher) {
        this.statement = statement;
        this.dialect = dialect;
        this.cipher = cipher;
    }

    ColumnCipher cipher() {
        return cipher;
    }

    /** What the person is looked up by. */
    Values person(PhoneNumber number) throws SQLException {
        return text(cipher.number(number));
    }

    /** Encrypted for this place, if values are. */
    Values sealed(String place, @Nullable String value) throws SQLException {
        return text(cipher.sealOrNull(place, value));
    }

    Values id(MessageId value) throws SQLException {
        return uuid(value.value());
    }

    Values uuid(UUID value) throws SQLException {
        dialect.bind(statement, ++index, value);
        return this;
    }

    Values uuidOrNull(@Nullable UUID value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, dialect.uuidType());
            return this;
        }
        return uuid(value);
    }

    /** Refuses what drivers and databases lose, cut or replace without a word. */
    Values text(@Nullable String value) throws SQLException {
        statement.setString(++index, storable(value));
        return this;
    }

    /** The same text, if databases keep it. */
    static @Nullable String storable(@Nullable String value) {
        if (value != null && !isStorable(value)) {
            throw new IllegalArgumentException(
                    "a text holds a NUL character or half an emoji (a lone surrogate), which no database keeps");
        }
        return value;
    }

    /** What people wrote: NUL and lone surrogates, which no database or no UTF-8 can hold, are replaced. */
    static String clean(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static boolean isStorable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    Values number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Values decimal(double value) throws SQLException {
        statement.setDouble(++index, value);
        return this;
    }

    Values numberOrNull(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.BIGINT);
        } else {
            statement.setLong(++index, value);
        }
        return this;
    }

    Values flag(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    Values time(Instant value) throws SQLException {
        return number(micros(value));
    }

    Values timeOrNull(@Nullable Instant value) throws SQLException {
        return numberOrNull(value == null ? null : (Long) micros(value));
    }

    Values duration(Duration value) throws SQLException {
        return number(micros(value));
    }

    Values array(Array value) throws SQLException {
        statement.setArray(++index, value);
        return this;
    }

    /** No array, of this type of element; for PostgreSQL only. With its type, for which the statement was prepared. */
    Values noArray(String type) throws SQLException {
        statement.setNull(++index, Types.ARRAY, "_" + type);
        return this;
    }

    /** The farthest instants become the farthest that a column holds, some 290,000 years from 1970. */
    static long micros(Instant at) {
        long most = Long.MAX_VALUE / 1_000_000 - 1;
        long seconds = Math.max(-most, Math.min(most, at.getEpochSecond()));
        return seconds * 1_000_000 + at.getNano() / 1_000;
    }

    static long micros(Duration span) {
        return Math.addExact(Math.multiplyExact(span.getSeconds(), 1_000_000L), span.getNano() / 1_000L);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
