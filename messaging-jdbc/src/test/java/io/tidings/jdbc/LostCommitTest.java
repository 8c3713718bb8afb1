package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.gate.QuietHours;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A connection that breaks while a transaction of the dispatcher commits: whether it did is unknown. */
class LostCommitTest {
    private static final String INTENT = "UPDATE %s.tidings_queue SET state = 1";
    private static final String HANDOVER = "WITH given AS MATERIALIZED (";

    private final String schema = Databases.postgresSchema();
    private final LossyPool pool = new LossyPool(Databases.postgres());
    private final Database database =
            JdbcStores.on(pool.source()).withSchema(schema).database();
    private final SteppableTime time = new SteppableTime(Instant.now());
    private final FakeProvider provider = new FakeProvider(time);
    private final Tidings tidings = Tidings.builder(provider)
            .from("55512")
            .homeCountry("US")
            .allowInvalidNumbers()
            .quietHours(QuietHours.none())
            .stores(JdbcStores.stores(database))
            .time(time)
            .executor(Runnable::run)
            .build();

    @Test
    void an_attempt_that_was_committed_without_an_answer_is_not_sent_but_tried_again() {
        MessageId id = tidings.send(Messages.text().build()).id();
        pool.loseNext(INTENT.formatted(schema));

        tidings.runDue();
        assertThat(pool.lost()).isEqualTo(1);
        assertThat(provider.submissions()).isZero();
        forward(Duration.ofMinutes(2));

        assertThat(provider.submissions()).isEqualTo(1);
        assertThat(tidings.find(id).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(tidings.explain(id).orElseThrow().attempts())
                .as("the first was committed, never sent, and is known to be so")
                .hasSize(2);
    }

    @Test
    void an_outcome_that_was_recorded_without_an_answer_is_recorded_once() {
        MessageId id = tidings.send(Messages.text().build()).id();
        pool.loseNext(HANDOVER);

        forward(Duration.ofMinutes(2));

        assertThat(pool.lost()).isEqualTo(1);
        assertThat(provider.submissions()).isEqualTo(1);
        assertThat(tidings.find(id).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(tidings.counts()).containsOnly(Map.entry(MessageStatus.DELIVERED, 1L));
    }

    private void forward(Duration span) {
        for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plusMillis(500)) {
            time.forward(Duration.ofMillis(500));
            database.advance(Duration.ofMillis(500));
            tidings.runDue();
        }
    }
}
