package io.tidings.throttle;

import static io.tidings.throttle.Refill.SHARES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;

/**
 * A token bucket: permits accrue at a rate, pile up to a burst, and each grant takes some.
 *
 * <p>Methods that differ in waiting rhyme: {@link #acquire} waits, {@link #tryAcquire} answers, {@link #reserve} tells
 * how long. A permit stands for one segment: Twilio meters segments, not messages.
 *
 * <p><b>Costs above the burst.</b> A cost larger than the burst passes when the bucket is full and leaves a debt that
 * later grants wait for. So no window of one second grants more than the permits of one second plus the larger of the
 * burst and the largest cost.
 *
 * <p><b>Reserves.</b> {@code tryAcquire(permits, keep)} succeeds only if {@code keep} permits stay behind: a lane of low
 * priority leaves what {@link LaneShares} reserves for the lanes above it. A full bucket passes anyone, so a lane whose
 * cost and reserve exceed the burst is slowed, never locked out.
 *
 * <p><b>Threads.</b> Safe for any number; lock-free on one atomic word, no allocation, and a refusal only reads. A grant
 * is one compare-and-set whatever the number of permits. A call that overlaps a change of limit may still see the
 * old one.
 *
 * <p><b>Time</b> comes from a ticker of nanoseconds such as {@code System::nanoTime}, anywhere in the range of a long. A
 * jump forward fills the bucket up to its burst, never beyond. A step backward never grants anything: it takes back
 * what the step undid, down to the deepest debt the bucket has had, and from there permits accrue again.
 *
 * <p>Permits below 1 or a negative reserve are an {@link IllegalArgumentException}.
 */
public final class TokenBucket {
    /** Far above any word a bucket reaches: every level below it reads as a debt, so only refusals need to look. */
    private static final long RETIRED = 1L << 62;

    private static final long MOST_OWED = 1L << 52;

    private static final VarHandle TAKEN = handle("taken", long.class);
    private static final VarHandle DEEPEST = handle("deepest", long.class);
    private static final VarHandle REFILL = handle("refill", Refill.class);

    /** The one word: the minted total at which the bucket is empty. It holds {@code minted - taken} shares. */
    private volatile long taken;

    /** The deepest debt so far, in shares. A deeper one can only mean that the ticker went backwards. */
    private volatile long deepest;

    private volatile Refill refill;
    private final LongSupplier ticker;

    /** A bucket over a refill of which {@code taken} shares are spent. */
    TokenBucket(Refill refill, long taken, LongSupplier ticker) {
        this.refill = refill;
        this.taken = taken;
        this.ticker = ticker;
    }

    /** A bucket that starts full: the first burst passes at once. */
    public static TokenBucket full(Limit limit, LongSupplier ticker) {
        Refill refill = Refill.from(limit, ticker.getAsLong(), 0);
        return new TokenBucket(refill, -refill.capacity(), ticker);
    }

    /** A bucket that starts empty: for a new owner who cannot know what the last one has just spent. */
    public static TokenBucket empty(Limit limit, LongSupplier ticker) {
        return new TokenBucket(Refill.from(limit, ticker.getAsLong(), 0), 0, ticker);
    }

    /** Takes that many permits now, or none: {@code true} if it did. */
    public boolean tryAcquire(int permits) {
        return tryAcquire(permits, 0);
    }

    /**
     * Takes that many permits now if at least {@code keep} stay behind, or if the bucket is full; otherwise none.
     *
     * @param keep permits to leave for others, from {@link LaneShares#keep}
     */
    public boolean tryAcquire(int permits, int keep) {
        long cost = cost(permits);
        long wanted = cost + reserved(keep);
        long seen = taken;
        while (true) {
            Refill current = refill;
            long needed = Math.min(wanted, current.capacity());
            long tick = ticker.getAsLong();
            long before = taken;
            long level = current.level(tick, before);
            while (level >= needed) {
                if (take(before, current.minted(tick), Math.min(level, current.capacity()), cost)) {
                    return true;
                }
                before = taken;
                level = current.level(tick, before);
            }
            if (isFinal(seen, before, level)) {
                return false;
            }
            seen = before;
        }
    }

    /** Takes as many permits as there are, at most that many, in one step: the number taken, possibly 0. */
    public int tryAcquireUpTo(int permits) {
        return tryAcquireUpTo(permits, 0);
    }

    /**
     * Takes as many whole permits as there are above the {@code keep} that stay behind, at most that many, in one step.
     * It makes no debt, and gives what was there when it looked at the clock. A full bucket gives at least one permit, so a reserve as large as the burst locks nobody out.
     *
     * @return the number taken, possibly 0
     */
    public int tryAcquireUpTo(int permits, int keep) {
        long most = cost(permits);
        long kept = reserved(keep);
        long seen = taken;
        while (true) {
            Refill current = refill;
            long minted = current.minted(ticker.getAsLong());
            long before = taken;
            long level = Math.min(minted - before, current.capacity());
            long spare = level - Math.min(kept, current.capacity() - SHARES);
            long cost = Math.max(0, Math.min(most, spare & -SHARES));
            if (cost < most && !isFinal(seen, before, level)) {
                seen = before;
                continue;
            }
            if (cost == 0) {
                return 0;
            }
            if (take(before, minted, level, cost)) {
                return (int) (cost / SHARES);
            }
        }
    }

    /**
     * Takes that many permits in any case, as a debt if need be, and tells how long to wait before using them.
     *
     * <p>Reservations fall due in the order in which they were made. They cannot be given back: those behind them keep
     * their time.
     *
     * @return nanoseconds from now until the permits may be used; 0 means at once
     * @throws IllegalStateException when about 2^44 permits are reserved ahead
     */
    public long reserve(int permits) {
        long cost = cost(permits);
        return nanosUntilDue(book(cost), cost);
    }

    /**
     * Waits until that many permits are there and takes them, parking the thread. Waiters are served in the order in
     * which they came.
     *
     * @throws InterruptedException when interrupted; the permits go back if nobody came later, otherwise they are
     *     forfeited, because those behind keep their time
     */
    public void acquire(int permits) throws InterruptedException {
        acquire(permits, Pause.parking());
    }

    /** Like {@link #acquire(int)}, waiting in the given way. */
    public void acquire(int permits, Pause pause) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long cost = cost(permits);
        long booked = book(cost);
        try {
            await(nanosUntilDue(booked, cost), pause);
        } catch (InterruptedException interrupted) {
            TAKEN.compareAndSet(this, booked, booked - cost);
            throw interrupted;
        }
    }

    /** Gives back permits that were granted and not used; the bucket never holds more than its burst. */
    public void release(int permits) {
        long cost = cost(permits);
        while (true) {
            Refill current = refill;
            long empty = current.minted(ticker.getAsLong()) - current.capacity();
            long before = taken;
            long after = before - empty <= cost ? empty : before - cost;
            if (before == RETIRED || after - before >= 0 || TAKEN.compareAndSet(this, before, after)) {
                return;
            }
        }
    }

    /** Nanoseconds until {@link #tryAcquire(int)} would succeed if nobody else takes any; 0 means now. */
    public long nanosUntil(int permits) {
        return nanosUntil(permits, 0);
    }

    /** Nanoseconds until {@link #tryAcquire(int, int)} would succeed if nobody else takes any; 0 means now. */
    public long nanosUntil(int permits, int keep) {
        long wanted = cost(permits) + reserved(keep);
        while (true) {
            Refill current = refill;
            long before = taken;
            long tick = ticker.getAsLong();
            if (isFinal(before, taken, current.minted(tick) - before)) {
                return current.nanosUntil(before + Math.min(wanted, current.capacity()), tick);
            }
        }
    }

    /** Whole permits in the bucket now; below zero while a debt is being paid. */
    public long available() {
        while (true) {
            Refill current = refill;
            long before = taken;
            long level = Math.min(current.minted(ticker.getAsLong()) - before, current.capacity());
            if (isFinal(before, taken, level)) {
                return Math.floorDiv(level, SHARES);
            }
        }
    }

    /** The limit in force. */
    public Limit limit() {
        return refill.limit();
    }

    /**
     * Puts another limit in force. What the bucket holds or owes stays; above a smaller burst the rest is lost.
     * Reservations already made keep their time.
     */
    public void change(Limit limit) {
        while (true) {
            Refill current = refill;
            long tick = ticker.getAsLong();
            long minted = current.minted(tick);
            long before = taken;
            long floor = minted - current.capacity();
            boolean capped = before - floor >= 0 || TAKEN.compareAndSet(this, before, floor);
            if (capped && REFILL.compareAndSet(this, current, Refill.from(limit, tick, minted))) {
                return;
            }
        }
    }

    /** Ends this bucket if it is full, and so says nothing that a new one would not say; it then refuses all. */
    boolean retireIfFull() {
        Refill current = refill;
        long before = taken;
        boolean full = current.minted(ticker.getAsLong()) - before >= current.capacity();
        return full && TAKEN.compareAndSet(this, before, RETIRED);
    }

    boolean isRetired() {
        return taken == RETIRED;
    }

    private boolean take(long before, long minted, long level, long cost) {
        if (cost > level) {
            deepen(cost - level);
        }
        return TAKEN.compareAndSet(this, before, minted - level + cost);
    }

    /** Known before the debt can be seen, so that nobody mistakes the debt for a step of the ticker. */
    private void deepen(long debt) {
        long known = deepest;
        while (debt > known && !DEEPEST.compareAndSet(this, known, debt)) {
            known = deepest;
        }
    }

    /**
     * Whether an answer that takes less than was asked for stands. It does if the word was the same before and after the
     * clock was read: otherwise a slow caller would answer with the time of one moment and the word of another.
     */
    private boolean isFinal(long seen, long before, long level) {
        if (level < -deepest) {
            return before == RETIRED || !healsAfterStepBack();
        }
        return seen == before;
    }

    /** Goes on from the present tick if the ticker went backwards; {@code true} when it is worth another look. */
    private boolean healsAfterStepBack() {
        Refill current = refill;
        long before = taken;
        long tick = ticker.getAsLong();
        if (before == RETIRED) {
            return false;
        }
        long bottom = before - deepest;
        if (current.minted(tick) - bottom < 0) {
            REFILL.compareAndSet(this, current, Refill.from(current.limit(), tick, bottom));
        }
        return true;
    }

    private long book(long cost) {
        while (true) {
            Refill current = refill;
            long minted = current.minted(ticker.getAsLong());
            long before = taken;
            long level = Math.min(minted - before, current.capacity());
            if (!isFinal(before, before, level)) {
                continue;
            }
            if (cost - level > MOST_OWED) {
                throw new IllegalStateException(
                        "Too many permits are reserved ahead. Wait for some before reserving more.");
            }
            if (take(before, minted, level, cost)) {
                return minted - level + cost;
            }
        }
    }

    private long nanosUntilDue(long booked, long cost) {
        Refill current = refill;
        return current.nanosUntil(booked - cost + Math.min(cost, current.capacity()), ticker.getAsLong());
    }

    private void await(long nanos, Pause pause) throws InterruptedException {
        long left = nanos;
        long last = ticker.getAsLong();
        while (left > 0) {
            pause.waitFor(left);
            long tick = ticker.getAsLong();
            left -= Math.max(0, tick - last);
            last = tick;
        }
    }

    private static long cost(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("At least 1 permit can be asked for, not " + permits + ".");
        }
        return (long) permits * SHARES;
    }

    private static long reserved(int keep) {
        if (keep < 0) {
            throw new IllegalArgumentException("The permits to keep are at least 0, not " + keep + ".");
        }
        return (long) keep * SHARES;
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(TokenBucket.class, field, type);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
