package io.tidings.benchmarks.outbox;

import io.tidings.benchmarks.Database;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jspecify.annotations.Nullable;

/** JobRunr with 128 workers, which was faster than fewer; jobs are enqueued as streams, which it stores in batches. */
final class JobRunrStream implements Contestant {
    private static final int WORKERS = 128;

    @Override
    public String name() {
        return "JobRunr";
    }

    @Override
    public Backlog open(Database database) {
        AtomicReference<@Nullable Jobs> jobs = new AtomicReference<>();
        JobRunrConfigurationResult running = JobRunr.configure()
                .useStorageProvider(new PostgresStorageProvider(database.pool()))
                .useJobActivator(new HandlerOf(jobs))
                .useBackgroundJobServer(
                        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                .andWorkerCount(WORKERS)
                                .andPollIntervalInSeconds(5),
                        false)
                .initialize();
        return new Backlog() {
            @Override
            public void enqueue(List<String> texts) {
                running.getJobRequestScheduler().enqueue(texts.stream().map(Text::new));
            }

            @Override
            public void start(Jobs started) {
                jobs.set(started);
                running.getBackgroundJobServer().start();
            }

            @Override
            public void close() {
                JobRunr.destroy();
            }
        };
    }

    /** Gives the handler its counter. */
    private record HandlerOf(AtomicReference<@Nullable Jobs> jobs) implements JobActivator {
        @Override
        public <T> T activateJob(Class<T> type) {
            return type.cast(new Handler(Objects.requireNonNull(jobs.get())));
        }
    }

    /**
     * What is stored.
     *
     * @param text the body
     */
    public record Text(String text) implements JobRequest {
        @Override
        public Class<Handler> getJobRequestHandler() {
            return Handler.class;
        }
    }

    /** What is done. */
    public static final class Handler implements JobRequestHandler<Text> {
        private final Jobs jobs;

        Handler(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void run(Text text) {
            jobs.work();
        }
    }
}
