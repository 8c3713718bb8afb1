package io.tidings.benchmarks.outbox;

import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import io.tidings.benchmarks.Database;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** gruelbox transaction-outbox: a batch in one transaction, submitted after its commit to 16 threads, its fastest way. */
final class TransactionOutboxPeer implements Contestant {
    private static final int THREADS = 16;

    @Override
    public String name() {
        return "transaction-outbox";
    }

    @Override
    public Backlog open(Database database) {
        AtomicReference<@Nullable Jobs> jobs = new AtomicReference<>();
        LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        ThreadPoolExecutor workers = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, waiting);
        TransactionManager transactions = TransactionManager.fromDataSource(database.pool());
        TransactionOutbox outbox = TransactionOutbox.builder()
                .transactionManager(transactions)
                .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9))
                .instantiator(Instantiator.using(type -> new Send(jobs)))
                .submitter(Submitter.withExecutor(waiting::add))
                .build();
        return new Backlog() {
            @Override
            public void enqueue(List<String> texts) {
                transactions.inTransaction(
                        () -> texts.forEach(text -> outbox.schedule(Job.class).send(text)));
            }

            @Override
            public void start(Jobs started) {
                jobs.set(started);
                workers.prestartAllCoreThreads();
            }

            @Override
            public void close() {
                workers.shutdownNow();
            }
        };
    }

    /** What is done; the library makes a proxy of it. */
    public interface Job {
        /** The job. */
        void send(String text);
    }

    private static final class Send implements Job {
        private final AtomicReference<@Nullable Jobs> jobs;

        Send(AtomicReference<@Nullable Jobs> jobs) {
            this.jobs = jobs;
        }

        @Override
        public void send(String text) {
            Objects.requireNonNull(jobs.get()).work();
        }
    }
}
