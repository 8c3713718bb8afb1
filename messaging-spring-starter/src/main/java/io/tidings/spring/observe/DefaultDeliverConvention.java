package io.tidings.spring.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.tidings.provider.Outcome;
import io.tidings.spring.observe.TidingsObservation.High;
import io.tidings.spring.observe.TidingsObservation.Low;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys of {@code tidings.deliver}; see {@link TidingsObservation#DELIVER}. Never a number, never a text.
 */
final class DefaultDeliverConvention implements DeliverConvention {
    private final BoundedCodes codes = new BoundedCodes();

    @Override
    public String getName() {
        return TidingsObservation.DELIVER.observed();
    }

    @Override
    public String getContextualName(DeliverContext context) {
        return "tidings deliver";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(DeliverContext context) {
        Outcome outcome = context.outcome();
        return KeyValues.of(
                KeyValue.of(Low.CHANNEL, context.submission().channel().name().toLowerCase(Locale.ROOT)),
                KeyValue.of(Low.TEMPLATE, orNone(context.submission().origin().template())),
                KeyValue.of(Low.PROVIDER, context.isLive() ? "live" : "sandbox"),
                KeyValue.of(Low.OUTCOME, outcome == null ? "failed" : outcome.match(Word.CASES)),
                KeyValue.of(
                        Low.ERROR_CODE, codes.key(outcome instanceof Outcome.Rejected rejected ? rejected.code() : 0)));
    }

    private static String orNone(@Nullable String value) {
        return value == null ? BoundedCodes.NONE : value;
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(DeliverContext context) {
        KeyValues keys = KeyValues.of(
                KeyValue.of(High.ID, context.submission().attempt().message().toString()));
        String campaign = context.submission().origin().campaign();
        if (campaign != null) {
            keys = keys.and(KeyValue.of(High.CAMPAIGN, campaign));
        }
        return context.outcome() instanceof Outcome.Accepted accepted
                ? keys.and(KeyValue.of(High.SID, accepted.sid()))
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
