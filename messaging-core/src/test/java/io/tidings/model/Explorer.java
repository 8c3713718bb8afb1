package io.tidings.model;

import io.tidings.model.Packing.Packed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Visits every state of a setting, breadth first, and stops at the first that breaks a promise. */
final class Explorer {
    private final Rules rules;
    private final Invariants invariants;
    private final Reached reached = new Reached();
    private final State start;
    private long transitions;
    private long ends;

    Explorer(Setting setting) {
        this.rules = new Rules(setting);
        this.invariants = new Invariants(setting);
        this.start = State.start(setting);
    }

    /**
     * What was seen.
     *
     * @param broken what is wrong and the steps to it, the fewest there are; empty if nothing is
     */
    record Result(int states, long transitions, long ends, Optional<String> broken) {}

    Result explore() {
        reached.add(Packing.pack(start), -1);
        Optional<String> broken = Optional.empty();
        for (int state = 0; state < reached.size() && broken.isEmpty(); state++) {
            broken = visit(state).map(path(state)::concat);
        }
        return new Result(reached.size(), transitions, ends, broken);
    }

    private Optional<String> visit(int number) {
        State state = Packing.unpack(reached.get(number));
        Optional<String> broken = invariants.broken(state);
        if (broken.isPresent()) {
            return broken;
        }
        boolean goesOn = false;
        for (Step step : rules.next(state)) {
            transitions++;
            goesOn |= step.kind() == Step.Kind.MUST;
            reached.add(Packing.pack(step.to()), number);
        }
        if (goesOn || isStillAhead(state)) {
            return Optional.empty();
        }
        ends++;
        return invariants.brokenAtTheEnd(state);
    }

    /** Whether a lease that moves opens a way on. */
    private boolean isStillAhead(State from) {
        Set<Packed> seen = new HashSet<>();
        Deque<State> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (Step step : rules.next(open.remove())) {
                if (step.kind() == Step.Kind.MUST) {
                    return true;
                }
                if (step.kind() == Step.Kind.MOVES && seen.add(Packing.pack(step.to()))) {
                    open.add(step.to());
                }
            }
        }
        return false;
    }

    /** The steps to a state; names change on the way, because each state is stored under the least. */
    private String path(int state) {
        List<String> steps = new ArrayList<>();
        for (int to = state; reached.from(to) >= 0; to = reached.from(to)) {
            Packed wanted = reached.get(to);
            State before = Packing.unpack(reached.get(reached.from(to)));
            steps.add(rules.next(before).stream()
                    .filter(step -> Packing.pack(step.to()).equals(wanted))
                    .map(Step::toString)
                    .findFirst()
                    .orElseThrow());
        }
        Collections.reverse(steps);
        return steps + ": ";
    }
}
