package io.tidings.spring.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.tidings.message.Content;
import io.tidings.message.OutboundMessage;
import io.tidings.outbox.Receipt;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The keys of {@code tidings.send}; see {@link TidingsObservation#SEND}. */
final class DefaultSendConvention implements SendConvention {
    private static final String NONE = "none";

    @Override
    public String getName() {
        return TidingsObservation.SEND.observed();
    }

    @Override
    public String getContextualName(SendContext context) {
        return "tidings send";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(SendContext context) {
        List<OutboundMessage> messages = context.messages();
        return KeyValues.of(
                KeyValue.of(
                        TidingsObservation.Low.CHANNEL,
                        one(messages.stream().map(each -> each.channel().name().toLowerCase(Locale.ROOT)))),
                KeyValue.of(
                        TidingsObservation.Low.TEMPLATE,
                        one(messages.stream()
                                .map(each -> each.content() instanceof Content.Templated templated
                                        ? templated.name()
                                        : NONE))),
                KeyValue.of(TidingsObservation.Low.OUTCOME, outcome(context)));
    }

    private static String outcome(SendContext context) {
        if (context.getError() != null) {
            return "failed";
        }
        return one(context.receipts().stream().map(each -> each.isRefused() ? "refused" : "stored"));
    }

    private static String one(Stream<String> values) {
        List<String> distinct = values.distinct().limit(2).toList();
        return switch (distinct.size()) {
            case 0 -> NONE;
            case 1 -> distinct.get(0);
            default -> "mixed";
        };
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(SendContext context) {
        List<Receipt> receipts = context.receipts();
        KeyValues keys = KeyValues.of(KeyValue.of(
                TidingsObservation.High.COUNT,
                Integer.toString(context.messages().size())));
        return receipts.size() == 1
                ? keys.and(KeyValue.of(
                        TidingsObservation.High.ID, receipts.get(0).id().toString()))
                : keys;
    }
}
