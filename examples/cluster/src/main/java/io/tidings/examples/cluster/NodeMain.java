package io.tidings.examples.cluster;

import io.tidings.Tidings;
import io.tidings.jdbc.JdbcStores;
import java.util.concurrent.CountDownLatch;

/** One node: dispatches what is in the database until it is stopped or killed. */
final class NodeMain {
    private NodeMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Place place = Place.of(arguments);
        Tidings tidings = place.tidings(JdbcStores.on(place.pool(6)).open()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(tidings::close));
        System.out.println("node ready");
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
