package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.analytics.Delta;
import io.tidings.analytics.StatisticsStore;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditSettings;
import io.tidings.message.TenantId;
import io.tidings.outbox.Stores;
import io.tidings.retention.Retention;
import io.tidings.retention.RetentionPolicy;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepsTest {
    private final SteppableTime time = new SteppableTime();
    private final Counting statistics = new Counting();
    private final Sweeps sweeps = new Sweeps(retention(), statistics, time);

    @Test
    void a_node_at_work_sums_up_every_time() {
        sweeps.fold(() -> false);
        time.forward(Duration.ofMinutes(1));
        sweeps.fold(() -> false);

        assertThat(statistics.folds).isEqualTo(2);
    }

    @Test
    void a_node_with_nothing_to_do_sums_up_once_in_a_quarter_of_an_hour() {
        for (int minute = 0; minute < 31; minute++) {
            sweeps.fold(() -> true);
            time.forward(Duration.ofMinutes(1));
        }

        assertThat(statistics.folds).isEqualTo(2);
    }

    private Retention retention() {
        Stores stores = Stores.inMemory(time);
        return new Retention(
                stores,
                RetentionPolicy.defaults(),
                new AuditLog(stores.transactions(), stores.audit(), AuditSettings.defaults(), time));
    }

    private static final class Counting implements StatisticsStore {
        private int folds;

        @Override
        public void add(List<Delta> deltas) {
            throw new UnsupportedOperationException("nothing is counted here");
        }

        @Override
        public List<Sum> sums(TenantId tenant, Instant from, Instant until, Set<Dimension> by) {
            throw new UnsupportedOperationException("nobody asks here");
        }

        @Override
        public int fold(int limit) {
            folds++;
            return 0;
        }
    }
}
