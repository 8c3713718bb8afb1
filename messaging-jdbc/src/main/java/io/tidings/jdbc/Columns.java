package io.tidings.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds many rows as one array for each column, which {@code unnest} makes rows of again; one column at least has a value in
 * each row. For PostgreSQL, whose server
 * reads arrays several times faster than JSON, and plans one statement instead of one for each row.
 */
final class Columns<T> {
    private final Database database;
    private final Values values;
    private final List<T> rows;

    /** Binds the next values of a statement, a column at a time. */
    Columns(Database database, Values values, List<T> rows) {
        this.database = database;
        this.values = values;
        this.rows = rows;
    }

    Columns<T> uuids(Function<? super T, ? extends @Nullable UUID> value) throws SQLException {
        return bind("uuid", value, UUID[]::new);
    }

    /** Refuses what no database keeps, as {@link Values#text} does. */
    Columns<T> texts(Function<? super T, ? extends @Nullable String> value) throws SQLException {
        return bind("text", row -> Values.storable(value.apply(row)), String[]::new);
    }

    Columns<T> integers(Function<? super T, ? extends @Nullable Integer> value) throws SQLException {
        return bind("int4", value, Integer[]::new);
    }

    Columns<T> numbers(Function<? super T, ? extends @Nullable Long> value) throws SQLException {
        return bind("int8", value, Long[]::new);
    }

    Columns<T> flags(Function<? super T, ? extends @Nullable Boolean> value) throws SQLException {
        return bind("bool", value, Boolean[]::new);
    }

    private <V> Columns<T> bind(
            String type, Function<? super T, ? extends @Nullable V> value, IntFunction<@Nullable V[]> column)
            throws SQLException {
        @Nullable V[] all = column.apply(rows.size());
        boolean empty = true;
        for (int i = 0; i < all.length; i++) {
            all[i] = value.apply(rows.get(i));
            empty &= all[i] == null;
        }
        if (empty) {
            values.noArray(type); // which unnest fills up with as many nulls as the longest column has values
        } else {
            values.array(database.array(type, all));
        }
        return this;
    }
}
