package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.jdbc.ColumnKeys;
import io.tidings.jdbc.JdbcStores;
import io.tidings.outbox.Stores;
import java.util.Arrays;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The code of docs/encryption.md. */
class EncryptionSnippetsTest {

    private static DataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static byte[] key(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }

    @Test
    void stores_are_opened_with_a_key_and_with_its_successor() {
        DataSource dataSource = h2("encrypted");
        byte[] key = key(1);
        // tag::on
        ColumnKeys keys = ColumnKeys.of("2026-11", key);
        Stores stores = JdbcStores.on(dataSource).encryptedBy(keys).open();
        // end::on
        assertThat(stores.templates().list("", 1)).isEmpty();
        byte[] newKey = key(2);
        // tag::rotate
        JdbcStores rotated = JdbcStores.on(dataSource)
                .encryptedBy(ColumnKeys.of("2027-11", newKey).withOlder("2026-11", key));
        rotated.open();
        long rows = rotated.reencrypt();
        // end::rotate
        assertThat(rows).isZero();
    }
}
