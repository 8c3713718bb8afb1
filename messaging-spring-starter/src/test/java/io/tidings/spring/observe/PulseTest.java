package io.tidings.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.audit.AuditSettings;
import io.tidings.jdbc.JdbcStores;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for at readings, by a clock that is stepped and a little late as timers are. */
class PulseTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Duration LATE = Duration.ofMillis(3);

    private final SteppableTime time = new SteppableTime();
    /** Of the thread that reads: the node works on others. */
    private final List<String> asked = new ArrayList<>();

    private final List<Reading> taken = new ArrayList<>();
    private final Thread reader = Thread.currentThread();
    private JdbcConnectionPool pool;
    private boolean lost;
    private Tidings tidings;
    private Pulse pulse;

    @BeforeEach
    void start() {
        pool = JdbcConnectionPool.create("jdbc:h2:mem:pulse", "sa", "");
        JdbcStores database = JdbcStores.on(watched(DataSource.class, pool));
        tidings = Tidings.builder(new FakeProvider())
                .stores(database.open())
                .from("55512")
                .homeCountry("US")
                .audit(AuditSettings.defaults().withIntervals(Duration.ofMillis(100), Duration.ofHours(1)))
                .start();
        pulse = new Pulse(tidings, database, INTERVAL, time);
        pulse.onReading(taken::add);
        asked.clear();
    }

    @AfterEach
    void stop() {
        tidings.close();
        pool.dispose();
    }

    private <T> T watched(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (lost && Thread.currentThread() == reader) {
                        throw new SQLException("no route to it", "08001");
                    }
                    if (method.getName().equals("prepareStatement") && Thread.currentThread() == reader) {
                        asked.add((String) arguments[0]);
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        return answer instanceof Connection connection && type == DataSource.class
                                ? watched(Connection.class, connection)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    /** The timer comes this often while nothing is due. */
    private void rest(int ticks) {
        for (int i = 0; i < ticks; i++) {
            awaitQuiet();
            time.forward(INTERVAL.plus(LATE));
            assertThat(pulse.isStale()).isFalse();
            pulse.tick();
        }
    }

    private void awaitQuiet() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!tidings.isQuiet()) {
            assertThat(System.nanoTime()).as("the node rests").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private long askedForTables() {
        return asked.stream()
                .filter(sql -> sql.contains("tidings_schema_history"))
                .count();
    }

    @Test
    void a_node_with_nothing_to_do_is_read_a_third_as_often_and_never_looks_dead() {
        pulse.tick();

        rest(9);

        assertThat(taken)
                .hasSize(4)
                .allSatisfy(reading -> assertThat(reading.trouble()).isNull());
    }

    /** A node at rest looks 3,000 times in an hour, and makes 3,600 statements in all at most. */
    @Test
    void readings_of_an_hour_at_rest_take_half_of_what_looks_leave_to_them() {
        rest(240);

        assertThat(asked).hasSizeBetween(200, 300);
    }

    @Test
    void tables_that_are_right_are_looked_at_each_five_minutes() {
        for (int i = 0; i < 20; i++) {
            pulse.read();
            time.forward(INTERVAL);
        }
        assertThat(askedForTables()).isEqualTo(1);

        pulse.read();

        assertThat(askedForTables()).isEqualTo(2);
        assertThat(taken)
                .extracting(Reading::schema)
                .allSatisfy(schema -> assertThat(schema.isReady()).isTrue());
    }

    @Test
    void a_database_that_is_lost_shows_at_the_next_reading_and_its_tables_are_looked_at_when_it_is_back() {
        pulse.read();
        lost = true;
        pulse.read();
        assertThat(taken.get(1).trouble()).isNotNull();
        assertThat(askedForTables()).isEqualTo(1);

        lost = false;
        pulse.read();

        assertThat(taken.get(2).trouble()).isNull();
        assertThat(askedForTables()).isEqualTo(2);
    }
}
