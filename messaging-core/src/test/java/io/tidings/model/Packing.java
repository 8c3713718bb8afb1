package io.tidings.model;

import io.tidings.model.Attempt.Decided;
import io.tidings.model.Attempt.Known;
import io.tidings.model.Attempt.Wire;
import io.tidings.model.Message.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs a state into two words, the same for states that differ only in the names of nodes and of messages, and unpacks
 * it again. Packed states live as long as one run, so an ordinal will do.
 */
@SuppressWarnings("EnumOrdinal")
final class Packing {
    private static final int ATTEMPT = 13;
    /** Bits of a message: its attempts and 7 more. */
    private static final int HEAD = ATTEMPT * Setting.MOST + 7;

    private static final Wire[] WIRES = Wire.values();
    private static final Known[] KNOWN = Known.values();
    private static final Decided[] DECIDED = Decided.values();
    private static final Row[] ROWS = Row.values();

    private Packing() {}

    /** The lesser of both names of the messages, and nodes named by what they do. */
    static Packed pack(State whole) {
        State state = whole.tidied();
        Packed one = pack(state, names(state, 0), 0);
        Packed other = pack(state, names(state, 1), 1);
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Nodes that do the same are one like the other, so their order does not matter. */
    private static int[] names(State state, int swap) {
        int[] roles = {role(state, 0, swap), role(state, 1, swap), role(state, 2, swap)};
        int[] names = new int[] {0, 1, 2, State.NOBODY};
        for (int node = 0; node < 3; node++) {
            names[node] = 0;
            for (int other = 0; other < 3; other++) {
                boolean before = roles[other] > roles[node] || (roles[other] == roles[node] && other < node);
                names[node] += before ? 1 : 0;
            }
        }
        return names;
    }

    private static int role(State state, int node, int swap) {
        int role = (state.isAlive(node) ? 2 : 0) + (state.lease() == node ? 1 : 0);
        for (int message = 0; message < 2; message++) {
            Message one = state.message(message ^ swap);
            role = role << 1 | (one.beginner() == node ? 1 : 0);
            for (int number = 0; number < Setting.MOST; number++) {
                boolean waits = number < one.attempts().size()
                        && one.attempts().get(number).waiting() == node;
                role = role << 1 | (waits ? 1 : 0);
            }
        }
        return role;
    }

    private static Packed pack(State state, int[] nodes, int swap) {
        long high = nodes[state.lease()];
        high = high << 2 | state.mishaps();
        int alive = 0;
        for (int node = 0; node < 3; node++) {
            alive |= (state.alive() >> node & 1) << nodes[node];
        }
        high = high << 3 | alive;
        return new Packed(
                high << HEAD | pack(state.message(swap), nodes, swap), pack(state.message(1 - swap), nodes, swap));
    }

    private static long pack(Message message, int[] nodes, int swap) {
        long packed = message.row().ordinal();
        packed = packed << 2 | nodes[message.beginner()];
        packed = packed << 2 | message.spent();
        for (int number = 0; number < Setting.MOST; number++) {
            packed <<= ATTEMPT;
            if (number < message.attempts().size()) {
                packed |= pack(message.attempts().get(number), nodes, swap);
            }
        }
        return packed;
    }

    /** Never zero: the owner is counted from one, and nobody yet is seven. */
    private static long pack(Attempt one, int[] nodes, int swap) {
        int owner = one.owner();
        int renamed = owner == State.NOBODY_YET ? 7 : 1 + (swap == 0 ? owner : (owner + Setting.MOST) % 6);
        long packed = one.wire().ordinal();
        packed = packed << 2 | nodes[one.waiting()];
        packed = packed << 3 | one.known().ordinal();
        packed = packed << 3 | renamed;
        return packed << 2 | one.decided().ordinal();
    }

    static State unpack(Packed packed) {
        long high = packed.high() >>> HEAD;
        List<Message> messages = List.of(message(packed.high()), message(packed.low()));
        return new State(messages, (int) (high >> 5 & 3), (int) (high & 7), (int) (high >> 3 & 3));
    }

    private static Message message(long packed) {
        List<Attempt> attempts = new ArrayList<>(Setting.MOST);
        for (int number = 0; number < Setting.MOST; number++) {
            long one = (packed >> (ATTEMPT * (Setting.MOST - 1 - number))) & ((1 << ATTEMPT) - 1);
            if (one != 0) {
                attempts.add(attempt((int) one));
            }
        }
        int head = (int) (packed >> (ATTEMPT * Setting.MOST));
        return new Message(ROWS[head >> 4 & 7], head >> 2 & 3, head & 3, attempts);
    }

    private static Attempt attempt(int packed) {
        int owner = packed >> 2 & 7;
        return new Attempt(
                WIRES[packed >> 10],
                packed >> 8 & 3,
                KNOWN[packed >> 5 & 7],
                owner == 7 ? State.NOBODY_YET : owner - 1,
                DECIDED[packed & 3]);
    }

    /** A state in two words. */
    record Packed(long high, long low) implements Comparable<Packed> {
        @Override
        public int compareTo(Packed other) {
            int first = Long.compare(high, other.high);
            return first == 0 ? Long.compare(low, other.low) : first;
        }
    }
}
