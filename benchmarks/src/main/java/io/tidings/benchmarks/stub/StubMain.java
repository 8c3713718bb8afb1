package io.tidings.benchmarks.stub;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The provider of the benchmark, in a process of its own: one I/O thread that answers every create with a message, at once
 * or after a delay, and counts. Prints its port and ends when its standard input does, so that it never outlives the client.
 */
public final class StubMain {
    private StubMain() {}

    /** No arguments. */
    public static void main(String[] args) throws IOException {
        StubHandler handler = new StubHandler();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", handler)
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, -1)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, true)
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        System.out.println(address.getPort());
        while (System.in.read() >= 0) {
            // Nothing is expected but the end.
        }
        System.exit(0);
    }
}
