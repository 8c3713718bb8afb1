package io.tidings.sandbox;

/**
 * What happens to a message on its way to one handset. Data only; safe for use by many threads.
 */
public sealed interface HandsetOutcome {
    /** The message arrives and a receipt comes back. */
    record Delivered() implements HandsetOutcome {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.delivered();
        }
    }

    /**
     * The carrier or the handset refuses: {@code sent}, then {@code undelivered}.
     *
     * @param code Twilio's error code of the message, for example 30003
     */
    record Undelivered(int code) implements HandsetOutcome {
        /** Checks the code. */
        public Undelivered {
            requireCode(code);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.undelivered(code);
        }
    }

    /**
     * The message is never handed over: {@code failed} without {@code sent}.
     *
     * @param code Twilio's error code of the message, for example 30007
     */
    record Failed(int code) implements HandsetOutcome {
        /** Checks the code. */
        public Failed {
            requireCode(code);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.failed(code);
        }
    }

    /** The network gives no receipts: {@code sent} is the last status. */
    record NoReceipt() implements HandsetOutcome {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.noReceipt();
        }
    }

    /**
     * The creation itself is refused with HTTP 400.
     *
     * @param code Twilio's error code of the answer, for example 21614 for a number that is not mobile
     */
    record Rejected(int code) implements HandsetOutcome {
        /** Checks the code. */
        public Rejected {
            requireCode(code);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.rejected(code);
        }
    }

    /** Calls the one case that fits this outcome. */
    <T> T match(Cases<T> cases);

    /**
     * One method for each outcome.
     *
     * @param <T> what the cases return
     */
    interface Cases<T> {
        /** The message arrives. */
        T delivered();

        /** The message was sent and refused. */
        T undelivered(int code);

        /** The message was never sent. */
        T failed(int code);

        /** Nobody will know. */
        T noReceipt();

        /** The creation is refused. */
        T rejected(int code);
    }

    private static void requireCode(int code) {
        if (code < 10_000 || code > 99_999) {
            throw new IllegalArgumentException("A Twilio error code has five digits, for example 30003, not " + code);
        }
    }
}
