package io.tidings.jdbc.torture;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.jdbc.JdbcStores;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * A node in a process of its own, which dispatches until it is stopped or killed. Arguments: address of the database;
 * address, account and token of the sandbox; address for callbacks; milliseconds between jumps of its clock by up to an
 * hour in both directions, 0 for a clock that does not jump; seed; segments per second of each sender.
 */
final class NodeMain {
    private NodeMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Host host = new Host(arguments[1], arguments[2], arguments[3], Integer.parseInt(arguments[7]));
        TidingsBuilder builder =
                host.on(JdbcStores.on(Server.pool(arguments[0], 5)).open(), host.provider(), URI.create(arguments[4]));
        long every = Long.parseLong(arguments[5]);
        if (every > 0) {
            builder.time(new JumpingTime(Duration.ofMillis(every), new Random(Long.parseLong(arguments[6]))));
        }
        Tidings tidings = Host.scaled(builder).start();
        Runtime.getRuntime().addShutdownHook(new Thread(tidings::close));
        System.out.println("node ready");
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
