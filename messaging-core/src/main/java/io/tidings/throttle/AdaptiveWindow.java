package io.tidings.throttle;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The slots for requests in flight of one account, fewer while the provider answers 429.
 *
 * <p>Twilio's 429 (code 20429) is about requests in flight, so a complaint halves the number of slots, down to one, and
 * closes the window for a moment: 250 ms at first, doubling to 8 seconds while nothing succeeds, or as long as the
 * provider's {@code Retry-After} says. When it opens again after a success, the slots grow back in proportion to time. A
 * storm brings the pace below 10 percent of normal within 5 seconds; it is back within 30 seconds after the storm.
 *
 * <p>Take a slot, send, then give the slot back with {@link #release} whatever happened, and report what the answer said.
 * Safe for any number of threads.
 */
public final class AdaptiveWindow {
    private static final long FIRST_PAUSE = 250_000_000L;
    private static final int MOST_DOUBLINGS = 5;

    private final int max;
    private final LongSupplier ticker;

    /** Guarded by this, as is all below. */
    private Adaptation adaptation;

    private int inFlight;
    private int complaints;
    private long pausedAt;
    private long pause;

    /**
     * A window that is wide open.
     *
     * @param max slots when the provider does not complain, at least 1
     * @param ticker nanoseconds
     */
    public AdaptiveWindow(int max, LongSupplier ticker) {
        if (max < 1) {
            throw new IllegalArgumentException("A window has at least 1 slot, not " + max + ".");
        }
        this.max = max;
        this.ticker = ticker;
        this.adaptation = Adaptation.whole(1.0 / max, ticker.getAsLong());
    }

    /** Takes a slot if one is free and the window is not closed for a moment. */
    public boolean tryAcquire() {
        return tryAcquireUpTo(1) == 1;
    }

    /** Takes as many slots as are free, at most that many: the number taken, possibly 0. */
    public synchronized int tryAcquireUpTo(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("At least 1 slot can be asked for, not " + slots + ".");
        }
        int taken = nanosUntilOpen() > 0 ? 0 : Math.max(0, Math.min(slots, slots() - inFlight));
        inFlight += taken;
        return taken;
    }

    /** Gives one slot back. */
    public void release() {
        release(1);
    }

    /** Gives slots back. */
    public synchronized void release(int slots) {
        if (slots < 1 || slots > inFlight) {
            throw new IllegalStateException(
                    slots + " slots given back, but " + inFlight + " are taken. Release each slot once.");
        }
        inFlight -= slots;
    }

    /** The provider answered 429 without saying how long to wait. */
    public void throttled() {
        throttled(Duration.ZERO);
    }

    /**
     * The provider answered 429.
     *
     * @param retryAfter how long it asks to be left alone, zero if it did not say; at most one minute is believed
     */
    public synchronized void throttled(Duration retryAfter) {
        long tick = ticker.getAsLong();
        Adaptation next = adaptation.complained(tick);
        long wait = Math.min(retryAfter.toMillis(), 60_000) * 1_000_000;
        if (next.cutAt() != adaptation.cutAt()) {
            wait = Math.max(wait, FIRST_PAUSE << Math.min(complaints, MOST_DOUBLINGS));
            complaints++;
        }
        if (wait > pauseLeft(tick)) {
            pausedAt = tick;
            pause = wait;
        }
        adaptation = next;
    }

    /** The provider answered a request with anything but 429. */
    public synchronized void succeeded() {
        Adaptation next = adaptation.succeeded(ticker.getAsLong());
        if (next.share() > adaptation.share() || next.share() == 1) {
            complaints = 0;
        }
        adaptation = next;
    }

    /** Slots allowed now, from 1 to the most. */
    public synchronized int slots() {
        return Math.max(1, (int) (adaptation.share() * max));
    }

    /** Slots taken now; after a complaint it may exceed the slots allowed until answers come. */
    public synchronized int inFlight() {
        return inFlight;
    }

    /** Whether a slot is free, be the window closed for a moment or not. */
    public synchronized boolean hasRoom() {
        return inFlight < slots();
    }

    /** Nanoseconds until the window opens again; 0 when it is open, whether or not a slot is free. */
    public synchronized long nanosUntilOpen() {
        return pauseLeft(ticker.getAsLong());
    }

    /** A ticker that went backwards behind the start of the pause ends it. */
    private long pauseLeft(long tick) {
        long passed = tick - pausedAt;
        return passed < 0 ? 0 : Math.max(0, pause - passed);
    }
}
