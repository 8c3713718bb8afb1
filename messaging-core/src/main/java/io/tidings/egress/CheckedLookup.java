package io.tidings.egress;

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
 * Looks a name up, in bounded time, for each new connection, and gives addresses that the rule allows or none: one among
 * them that it refuses spoils them all. What it gives is what is connected to.
 */
final class CheckedLookup implements Dns {
    private final Dns resolver;
    private final AddressRule rule;
    private final Duration longest;

    CheckedLookup(Dns resolver, AddressRule rule, Duration longest) {
        this.resolver = resolver;
        this.rule = rule;
        this.longest = longest;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> found = resolve(host);
        if (!found.stream().allMatch(rule::allows)) {
            throw new ForbiddenAddressException();
        }
        return found;
    }

    /** The system's resolver cannot be interrupted and may wait for minutes. */
    private List<InetAddress> resolve(String host) throws UnknownHostException {
        FutureTask<List<InetAddress>> task = new FutureTask<>(() -> resolver.lookup(host));
        Thread thread = new Thread(task, "tidings-egress-dns");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnknownHostException("the name has no address");
        } catch (TimeoutException e) {
            throw new UnknownHostException("no answer from the name server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted while looking up a name");
        }
    }
}
