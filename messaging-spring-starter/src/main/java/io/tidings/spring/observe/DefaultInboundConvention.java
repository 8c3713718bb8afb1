package io.tidings.spring.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.tidings.inbound.Reply;
import java.util.Locale;

/** The keys of {@code tidings.inbound}; see {@link TidingsObservation#INBOUND}. */
final class DefaultInboundConvention implements InboundConvention {

    @Override
    public String getName() {
        return TidingsObservation.INBOUND.observed();
    }

    @Override
    public String getContextualName(InboundContext context) {
        return "tidings inbound";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(InboundContext context) {
        return KeyValues.of(
                KeyValue.of(
                        TidingsObservation.Low.CHANNEL,
                        context.message().channel().name().toLowerCase(Locale.ROOT)),
                KeyValue.of(TidingsObservation.Low.OUTCOME, outcome(context)));
    }

    private static String outcome(InboundContext context) {
        if (context.reply() == null) {
            return "failed";
        }
        return context.reply() instanceof Reply.Say ? "answered" : "silent";
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(InboundContext context) {
        return KeyValues.of(
                KeyValue.of(TidingsObservation.High.ID, context.message().id().toString()));
    }
}
