package io.tidings.jdbc;

import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.test.FakeProvider;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends through an H2 file from many threads, and says what it has committed, until it is killed. */
final class H2FileMain {
    private static final int THREADS = 6;

    private H2FileMain() {}

    public static void main(String[] arguments) {
        Tidings tidings = Tidings.builder(new FakeProvider())
                .from("55512")
                .homeCountry("US")
                .allowInvalidNumbers()
                .stores(JdbcStores.on(Databases.pool(arguments[0], "sa", "")).open())
                .start();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            threads.execute(() -> sendForEver(tidings));
        }
    }

    private static void sendForEver(Tidings tidings) {
        while (!Thread.currentThread().isInterrupted()) {
            MessageId id = tidings.send(Messages.text().build()).id();
            synchronized (H2FileMain.class) {
                System.out.println(id.value());
                System.out.flush();
            }
        }
    }
}
