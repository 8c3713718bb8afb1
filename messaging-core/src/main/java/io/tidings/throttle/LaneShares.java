package io.tidings.throttle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The shares of a bucket that are reserved for its upper lanes.
 *
 * <p>The lanes of one sender share its bucket, lane 0 first. Each of the first lanes may have a share of the burst that
 * no lane below it takes: with {@code reserving(20, 10)} lane 0 (codes) may empty the bucket, lane 1 (alerts) leaves 20
 * percent, every other lane leaves 30. Pass {@link #keep} to {@link TokenBucket#tryAcquire(int, int)}. A reserve costs
 * no throughput: unused, it stays in the bucket, and all that accrues above it goes to the lanes below. Immutable.
 */
public final class LaneShares {
    private final int[] kept;

    private LaneShares(int[] kept) {
        this.kept = kept;
    }

    /** No reserve for any lane. */
    public static LaneShares none() {
        return reserving();
    }

    /**
     * Reserves these percentages of the burst for lane 0, lane 1 and so on; further lanes have none.
     *
     * @throws IllegalArgumentException when one is negative or together they reach 100
     */
    public static LaneShares reserving(int... percents) {
        int[] kept = new int[percents.length + 1];
        for (int lane = 0; lane < percents.length; lane++) {
            int percent = percents[lane];
            if (percent < 0 || percent >= 100 - kept[lane]) {
                throw new IllegalArgumentException("The reserves " + Arrays.toString(percents)
                        + " must each be at least 0 and together stay below 100 percent.");
            }
            kept[lane + 1] = kept[lane] + percent;
        }
        return new LaneShares(kept);
    }

    /**
     * Permits that a lane leaves in a bucket of that burst, rounded up.
     *
     * @param lane 0 for the most urgent lane
     * @param burst the burst of the bucket's limit
     */
    public int keep(int lane, int burst) {
        if (lane < 0) {
            throw new IllegalArgumentException("Lanes count from 0, not from " + lane + ".");
        }
        long percent = kept[Math.min(lane, kept.length - 1)];
        return (int) ((percent * burst + 99) / 100);
    }

    /** In percent, lane by lane. */
    @Override
    public String toString() {
        List<String> percents = new ArrayList<>();
        for (int lane = 1; lane < kept.length; lane++) {
            percents.add(kept[lane] - kept[lane - 1] + " %");
        }
        return "LaneShares" + percents;
    }
}
