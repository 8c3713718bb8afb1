package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.jdbc.JdbcStores;
import io.tidings.jdbc.SchemaMode;
import io.tidings.message.NotConfiguredException;
import io.tidings.outbox.Stores;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The code of docs/database.md. */
class DatabaseSnippetsTest {

    private static DataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    @Test
    void stores_are_opened_on_the_pool_of_the_host() {
        DataSource dataSource = h2("open");
        // tag::open
        Stores stores = JdbcStores.on(dataSource).open();
        // end::open
        assertThat(stores.templates().list("", 1)).isEmpty();
    }

    @Test
    void validation_fails_with_the_names_of_the_scripts() {
        DataSource dataSource = h2("validate");
        // tag::validate
        JdbcStores stores = JdbcStores.on(dataSource)
                .withSchema("messaging")
                .withPrefix("texts_")
                .withSchemaMode(SchemaMode.VALIDATE);
        // end::validate
        assertThatThrownBy(stores::open)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("io/tidings/jdbc/h2/V002__ledgers.sql");
    }
}
