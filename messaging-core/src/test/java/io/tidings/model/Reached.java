package io.tidings.model;

import io.tidings.model.Packing.Packed;
import java.util.Arrays;

/** The states reached so far, each with the one it was reached from: a hash table in plain arrays, 28 bytes a state. */
final class Reached {
    private long[] high = new long[1 << 16];
    private long[] low = new long[1 << 16];
    private int[] from = new int[1 << 16];
    private int[] slots = new int[1 << 18];
    private int size;

    /** Whether it was not known before. */
    boolean add(Packed state, int reachedFrom) {
        int slot = slot(state.high(), state.low());
        while (slots[slot] != 0) {
            int known = slots[slot] - 1;
            if (high[known] == state.high() && low[known] == state.low()) {
                return false;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (size == high.length) {
            high = Arrays.copyOf(high, 2 * size);
            low = Arrays.copyOf(low, 2 * size);
            from = Arrays.copyOf(from, 2 * size);
        }
        high[size] = state.high();
        low[size] = state.low();
        from[size] = reachedFrom;
        slots[slot] = ++size;
        if (2 * size > slots.length) {
            rehash();
        }
        return true;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int known = 0; known < size; known++) {
            int slot = slot(high[known], low[known]);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = known + 1;
        }
    }

    private int slot(long one, long other) {
        long mixed = (one * 0x9E3779B97F4A7C15L ^ other) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed >>> 32) & slots.length - 1;
    }

    Packed get(int state) {
        return new Packed(high[state], low[state]);
    }

    int from(int state) {
        return from[state];
    }

    int size() {
        return size;
    }
}
