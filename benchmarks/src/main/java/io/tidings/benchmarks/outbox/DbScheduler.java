package io.tidings.benchmarks.outbox;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.tidings.benchmarks.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** db-scheduler at its documented best: lock-and-fetch, 20 threads, limits of 4 and 20 times that, batches of inserts. */
final class DbScheduler implements Contestant {
    private static final int THREADS = 20;
    /** As its documentation gives it for PostgreSQL. */
    private static final String[] TABLES = {
        """
        CREATE TABLE scheduled_tasks (
            task_name TEXT NOT NULL,
            task_instance TEXT NOT NULL,
            task_data BYTEA,
            execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
            picked BOOLEAN NOT NULL,
            picked_by TEXT,
            last_success TIMESTAMP WITH TIME ZONE,
            last_failure TIMESTAMP WITH TIME ZONE,
            consecutive_failures INT,
            last_heartbeat TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            priority SMALLINT,
            PRIMARY KEY (task_name, task_instance))""",
        "CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)",
        "CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)"
    };

    @Override
    public String name() {
        return "db-scheduler";
    }

    @Override
    public Backlog open(Database database) throws Exception {
        database.execute(TABLES);
        AtomicReference<@Nullable Jobs> jobs = new AtomicReference<>();
        OneTimeTask<String> task = Tasks.oneTime("send", String.class).execute((instance, context) -> {
            Jobs counted = jobs.get();
            if (counted != null) {
                counted.work();
            }
        });
        SchedulerClient client = SchedulerClient.Builder.create(database.pool(), task)
                .serializer(new Utf8())
                .build();
        Scheduler scheduler = Scheduler.create(database.pool(), task)
                .serializer(new Utf8())
                .threads(THREADS)
                .pollUsingLockAndFetch(4.0, 20.0)
                .pollingInterval(Duration.ofMillis(100))
                .build();
        return new Backlog() {
            private long number;

            @Override
            public void enqueue(List<String> texts) {
                List<TaskInstance<?>> instances = new ArrayList<>(texts.size());
                texts.forEach(text -> instances.add(task.instance(Long.toString(++number), text)));
                client.scheduleBatch(instances, Instant.now());
            }

            @Override
            public void start(Jobs started) {
                jobs.set(started);
                scheduler.start();
            }

            @Override
            public void close() {
                scheduler.stop();
            }
        };
    }

    /** Nothing but the text. */
    private static final class Utf8 implements Serializer {
        @Override
        public byte[] serialize(@Nullable Object data) {
            return data == null ? new byte[0] : ((String) data).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(new String(data, StandardCharsets.UTF_8));
        }
    }
}
