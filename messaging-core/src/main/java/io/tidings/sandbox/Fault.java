package io.tidings.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with one request. Give it to {@link Faults}. Data only; safe for use by many threads.
 */
public sealed interface Fault {
    /**
     * Not processed; answered with this status and page.
     *
     * @param status HTTP status, 200 to 599
     * @param code Twilio's code in the standard error body; ignored when a page is given
     * @param page another body instead of the standard one, for example an HTML page of a gateway
     */
    record Answer(int status, int code, @Nullable Page page) implements Fault {
        /** Checks the status. */
        public Answer {
            requireStatus(status);
        }

        /** The standard error body of Twilio. */
        public Answer(int status, int code) {
            this(status, code, null);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.answer(this);
        }
    }

    /**
     * Processed in full, then answered as if it had gone wrong: the case nobody can tell from {@link Answer}.
     *
     * @param status HTTP status, 200 to 599
     * @param code Twilio's code in the standard error body; ignored when a page is given
     * @param page another body instead of the standard one
     */
    record AcceptThenAnswer(int status, int code, @Nullable Page page) implements Fault {
        /** Checks the status. */
        public AcceptThenAnswer {
            requireStatus(status);
        }

        /** The standard error body of Twilio. */
        public AcceptThenAnswer(int status, int code) {
            this(status, code, null);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.acceptThenAnswer(this);
        }
    }

    /**
     * Processed at once, answered late, in the sandbox's time.
     *
     * @param delay how late
     */
    record Slow(Duration delay) implements Fault {
        /** Checks the delay. */
        public Slow {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("A slow answer needs a delay of zero or more, not " + delay);
            }
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.slow(this);
        }
    }

    /**
     * Processed at once; the answer's body leaves byte by byte, evenly over this time of the sandbox.
     *
     * @param time from the first byte to the last
     */
    record Dribble(Duration time) implements Fault {
        /** Checks the time. */
        public Dribble {
            if (time.isNegative()) {
                throw new IllegalArgumentException("A dribbling answer needs a time of zero or more, not " + time);
            }
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.dribble(this);
        }
    }

    /**
     * Processed at once; the answer waits until the message's first callback has been answered. Without a callback
     * address it leaves at once.
     *
     * @param atMost the longest it waits, in the sandbox's time
     */
    record Early(Duration atMost) implements Fault {
        /** Checks the time. */
        public Early {
            if (atMost.isNegative()) {
                throw new IllegalArgumentException("An answer cannot wait for less than no time, not " + atMost);
            }
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.early(this);
        }
    }

    /**
     * The connection is closed instead of a whole answer.
     *
     * @param point when
     */
    record Cut(CutPoint point) implements Fault {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.cut(this);
        }
    }

    /**
     * Not processed; answered 429 with code 20429, as over the concurrency limit.
     *
     * @param retryAfter sent as {@code Retry-After} in whole seconds, if given; no page of Twilio promises that header
     */
    record Throttle(@Nullable Duration retryAfter) implements Fault {
        /** Without {@code Retry-After}. */
        public Throttle() {
            this(null);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.throttle(this);
        }
    }

    /** The sender's queue counts as full: 21611 with a From, accepted and then failed with 30001 through a service. */
    record QueueFull() implements Fault {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.queueFull(this);
        }
    }

    /** Where an answer is cut. */
    enum CutPoint {
        /** The request was read and dropped: nothing was processed. */
        BEFORE_PROCESSING,
        /** Everything was processed, not one byte of the answer leaves. */
        AFTER_PROCESSING,
        /** Everything was processed, half of the answer's body leaves. */
        MID_ANSWER,
        /** As {@link #BEFORE_PROCESSING}, by a TCP reset: see {@link SandboxBuilder#resets}. */
        RESET_BEFORE_PROCESSING,
        /** As {@link #AFTER_PROCESSING}, by a TCP reset: see {@link SandboxBuilder#resets}. */
        RESET_AFTER_PROCESSING;

        boolean isProcessed() {
            return this != BEFORE_PROCESSING && this != RESET_BEFORE_PROCESSING;
        }

        boolean isReset() {
            return this == RESET_BEFORE_PROCESSING || this == RESET_AFTER_PROCESSING;
        }
    }

    /**
     * A body of any kind.
     *
     * @param contentType for the header
     * @param text the body
     */
    record Page(String contentType, String text) {}

    /** Calls the one case that fits this fault. */
    <T> T match(Cases<T> cases);

    /**
     * One method for each fault.
     *
     * @param <T> what the cases return
     */
    interface Cases<T> {
        /** See {@link Answer}. */
        T answer(Answer fault);

        /** See {@link AcceptThenAnswer}. */
        T acceptThenAnswer(AcceptThenAnswer fault);

        /** See {@link Slow}. */
        T slow(Slow fault);

        /** See {@link Dribble}. */
        T dribble(Dribble fault);

        /** See {@link Early}. */
        T early(Early fault);

        /** See {@link Cut}. */
        T cut(Cut fault);

        /** See {@link Throttle}. */
        T throttle(Throttle fault);

        /** See {@link QueueFull}. */
        T queueFull(QueueFull fault);
    }

    private static void requireStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("An HTTP answer has a status from 200 to 599, not " + status);
        }
    }
}
