package io.tidings.spring.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.tidings.provider.Outcome;
import io.tidings.retry.ErrorCodes;
import java.util.Locale;

/**
 * The keys of {@code tidings.deliver}: channel, provider, outcome and error code (of those in the table, else {@code
 * other}); for traces alone also our id and the provider's. Never a number, never a text.
 */
final class DefaultDeliverConvention implements DeliverConvention {
    private static final String NONE = "none";

    private final ErrorCodes known = ErrorCodes.standard();

    @Override
    public String getName() {
        return "tidings.deliver";
    }

    @Override
    public String getContextualName(DeliverContext context) {
        return "tidings deliver";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(DeliverContext context) {
        Outcome outcome = context.outcome();
        return KeyValues.of(
                KeyValue.of("channel", context.submission().channel().name().toLowerCase(Locale.ROOT)),
                KeyValue.of("provider", context.isLive() ? "live" : "sandbox"),
                KeyValue.of("outcome", outcome == null ? "failed" : outcome.match(Word.CASES)),
                KeyValue.of("error.code", outcome == null ? NONE : code(outcome)));
    }

    private String code(Outcome outcome) {
        int code = outcome instanceof Outcome.Rejected rejected ? rejected.code() : 0;
        if (code == 0) {
            return NONE;
        }
        return known.contains(code) ? Integer.toString(code) : "other";
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(DeliverContext context) {
        KeyValues keys = KeyValues.of(KeyValue.of(
                "tidings.id", context.submission().attempt().message().toString()));
        return context.outcome() instanceof Outcome.Accepted accepted
                ? keys.and(KeyValue.of("tidings.sid", accepted.sid()))
                : keys;
    }

    /** One word for each outcome. */
    private static final class Word implements Outcome.Cases<String> {
        static final Word CASES = new Word();

        @Override
        public String accepted(Outcome.Accepted accepted) {
            return "accepted";
        }

        @Override
        public String rejected(Outcome.Rejected rejected) {
            return "rejected";
        }

        @Override
        public String throttled(Outcome.Throttled throttled) {
            return "throttled";
        }

        @Override
        public String unsent(Outcome.Unsent unsent) {
            return "unsent";
        }

        @Override
        public String uncertain(Outcome.Uncertain uncertain) {
            return "uncertain";
        }
    }
}
