package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.outbox.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;

class H2PlansTest {

    /** H2 forgets all plans of all connections when one changes a setting, as its driver does for a statement's timeout. */
    @Test
    void statements_do_not_let_the_database_forget_its_plans() throws SQLException {
        DataSource pool = Databases.h2();
        Stores stores = JdbcStores.on(pool).open();
        stores.outbox().lag();
        long before = changesOfSettings(pool);

        stores.outbox().lag();
        stores.history().counts();
        stores.attempts().nextPoll();

        assertThat(changesOfSettings(pool)).isEqualTo(before);
    }

    private static long changesOfSettings(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            return session.getDatabase().getModificationMetaId();
        }
    }
}
