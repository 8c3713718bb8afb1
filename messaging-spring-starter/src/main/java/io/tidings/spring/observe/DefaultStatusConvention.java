package io.tidings.spring.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.tidings.spring.observe.TidingsObservation.High;
import io.tidings.spring.observe.TidingsObservation.Low;
import java.util.Locale;

/** The keys of {@code tidings.status}; see {@link TidingsObservation#STATUS}. */
final class DefaultStatusConvention implements StatusConvention {
    private final BoundedCodes codes = new BoundedCodes();

    @Override
    public String getName() {
        return TidingsObservation.STATUS.observed();
    }

    @Override
    public String getContextualName(StatusContext context) {
        return "tidings status";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(StatusContext context) {
        return KeyValues.of(
                KeyValue.of(Low.STATUS, context.seen().status().name().toLowerCase(Locale.ROOT)),
                KeyValue.of(Low.SOURCE, context.seen().source().name().toLowerCase(Locale.ROOT)),
                KeyValue.of(Low.OUTCOME, outcome(context)),
                KeyValue.of(Low.ERROR_CODE, codes.key(context.seen().errorCode())));
    }

    private static String outcome(StatusContext context) {
        if (context.known() == null) {
            return "failed";
        }
        return context.known() ? "recorded" : "unknown";
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(StatusContext context) {
        KeyValues keys =
                KeyValues.of(KeyValue.of(High.ID, context.attempt().message().toString()));
        String sid = context.seen().sid();
        return sid == null ? keys : keys.and(KeyValue.of(High.SID, sid));
    }
}
