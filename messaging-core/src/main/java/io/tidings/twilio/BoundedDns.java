package io.tidings.twilio;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * A name lookup that ends. The system's resolver cannot be interrupted and may wait for minutes, past every deadline of
 * the call; it runs only when a new connection is made.
 */
final class BoundedDns implements Dns {
    private final Dns resolver;
    private final Duration longest;

    BoundedDns(Dns resolver, Duration longest) {
        this.resolver = resolver;
        this.longest = longest;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        FutureTask<List<InetAddress>> task = new FutureTask<>(() -> resolver.lookup(host));
        Thread thread = new Thread(task, "tidings-dns");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unknown(host + " has no address");
        } catch (TimeoutException e) {
            throw unknown("no answer from the name server for " + host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("interrupted while looking up " + host);
        }
    }

    private static UnknownHostException unknown(String why) {
        return new UnknownHostException(why);
    }
}
