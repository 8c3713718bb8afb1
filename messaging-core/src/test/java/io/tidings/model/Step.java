package io.tidings.model;

/**
 * Something that can happen next.
 *
 * @param what for people
 * @param which node, message or attempt
 * @param to where it leads
 * @param kind whether it must
 */
record Step(String what, int which, State to, Kind kind) {
    /** Whether something happens by itself. */
    enum Kind {
        /** It happens sooner or later, if nothing else does. */
        MUST,
        /** It may never happen. */
        MAY,
        /** It happens and is undone again and again. */
        MOVES
    }

    static Step must(String what, int which, State to) {
        return new Step(what, which, to, Kind.MUST);
    }

    static Step may(String what, int which, State to) {
        return new Step(what, which, to, Kind.MAY);
    }

    static Step moves(String what, int which, State to) {
        return new Step(what, which, to, Kind.MOVES);
    }

    @Override
    public String toString() {
        return what + " " + which;
    }
}
