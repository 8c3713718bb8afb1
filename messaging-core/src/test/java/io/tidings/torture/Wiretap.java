package io.tidings.torture;

import io.tidings.message.AttemptId;
import io.tidings.message.TimeSource;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that notes what passes to another one: our own side of what the sandbox logs. */
final class Wiretap extends ForwardingProvider {
    private final TimeSource time;
    private final Queue<Passed> passed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();

    /** A request and when it began, in nanoseconds. */
    record Passed(AttemptId attempt, String sender, long at, Outcome outcome) {}

    Wiretap(Provider provider, TimeSource time) {
        super(provider);
        this.time = time;
    }

    @Override
    public Outcome send(Submission submission) {
        long at = time.nanos();
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            Outcome outcome = super.send(submission);
            passed.add(new Passed(submission.attempt(), submission.from().address(), at, outcome));
            return outcome;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    List<Passed> passed() {
        return List.copyOf(passed);
    }

    int inFlight() {
        return inFlight.get();
    }

    /** The most at one time, and so the most connections that were opened. */
    int mostInFlight() {
        return mostInFlight.get();
    }
}
