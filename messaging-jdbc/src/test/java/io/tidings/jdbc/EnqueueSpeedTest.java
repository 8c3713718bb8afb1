package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.outbox.Incoming;
import io.tidings.outbox.Stores;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many at once take few statements. */
class EnqueueSpeedTest {
    private static final int MANY = 10_000;

    @Test
    void ten_thousand_messages_are_stored_in_a_moment() {
        Stores stores = JdbcStores.on(Databases.postgres())
                .withSchema(Databases.postgresSchema())
                .open();
        List<Incoming> messages = IntStream.range(0, MANY)
                .mapToObj(i -> Messages.incoming(Messages.waiting(message -> message.key("row " + i))))
                .toList();
        long start = System.nanoTime();

        stores.outbox().enqueue(messages);

        long millis = (System.nanoTime() - start) / 1_000_000;
        System.getLogger("test").log(System.Logger.Level.INFO, "{0} messages in {1} ms", "" + MANY, "" + millis);
        assertThat(stores.outbox().counts().total()).isEqualTo(MANY);
        assertThat(millis).as("milliseconds; 1,500 on a quiet machine").isLessThan(15_000);
    }
}
