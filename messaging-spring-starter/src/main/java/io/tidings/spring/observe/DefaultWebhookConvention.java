package io.tidings.spring.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.Locale;

/** The keys of {@code tidings.webhook}; see {@link TidingsObservation#WEBHOOK}. */
final class DefaultWebhookConvention implements WebhookConvention {

    @Override
    public String getName() {
        return TidingsObservation.WEBHOOK.observed();
    }

    @Override
    public String getContextualName(WebhookContext context) {
        return "tidings webhook " + kind(context);
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(WebhookContext context) {
        return KeyValues.of(
                KeyValue.of(TidingsObservation.Low.KIND, kind(context)),
                KeyValue.of(TidingsObservation.Low.OUTCOME, outcome(context.status())));
    }

    private static String kind(WebhookContext context) {
        return context.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 0 -> "failed";
            case 2 -> "taken";
            case 5 -> "unavailable";
            default -> status == 403 ? "forbidden" : "refused";
        };
    }
}
