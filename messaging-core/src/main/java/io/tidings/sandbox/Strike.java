package io.tidings.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A fault on its way to a request.
 *
 * @param fault what happens
 * @param mishap the kind, unless the fault was made by hand
 */
record Strike(Fault fault, @Nullable Mishap mishap) {
    LogEntry.Harm harm() {
        return new LogEntry.Harm(fault.getClass().getSimpleName(), mishap, fault.match(ANSWERED));
    }

    private static final Fault.Cases<LogEntry.Answered> ANSWERED = new Fault.Cases<>() {
        @Override
        public LogEntry.Answered answer(Fault.Answer fault) {
            return LogEntry.Answered.OTHERWISE;
        }

        @Override
        public LogEntry.Answered acceptThenAnswer(Fault.AcceptThenAnswer fault) {
            return LogEntry.Answered.OTHERWISE;
        }

        @Override
        public LogEntry.Answered slow(Fault.Slow fault) {
            return LogEntry.Answered.LATE;
        }

        @Override
        public LogEntry.Answered dribble(Fault.Dribble fault) {
            return LogEntry.Answered.LATE;
        }

        @Override
        public LogEntry.Answered early(Fault.Early fault) {
            return LogEntry.Answered.LATE;
        }

        @Override
        public LogEntry.Answered cut(Fault.Cut fault) {
            return fault.point() == Fault.CutPoint.MID_ANSWER ? LogEntry.Answered.PARTLY : LogEntry.Answered.NOT;
        }

        @Override
        public LogEntry.Answered throttle(Fault.Throttle fault) {
            return LogEntry.Answered.OTHERWISE;
        }

        @Override
        public LogEntry.Answered queueFull(Fault.QueueFull fault) {
            return LogEntry.Answered.WHOLE;
        }
    };
}
