package io.tidings.spring.observe;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.spring.WebhookDecorator;
import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import io.tidings.webhook.Webhooks;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Observes each answer to the provider. */
final class ObservedWebhooks implements WebhookDecorator {
    private final ObservationRegistry registry;
    private final @Nullable WebhookConvention convention;

    ObservedWebhooks(ObservationRegistry registry, @Nullable WebhookConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Function<WebhookRequest, WebhookResponse> decorate(Function<WebhookRequest, WebhookResponse> answers) {
        return request -> {
            WebhookContext context = new WebhookContext(kind(request.target()));
            Observation observation = TidingsObservation.WEBHOOK.observation(
                    convention, new DefaultWebhookConvention(), () -> context, registry);
            return Observed.call(observation, () -> {
                WebhookResponse response = answers.apply(request);
                context.ended(response.status());
                return response;
            });
        };
    }

    private static WebhookContext.Kind kind(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.endsWith(Webhooks.INBOUND_PATH)) {
            return WebhookContext.Kind.INBOUND;
        }
        return path.contains("/status/") ? WebhookContext.Kind.STATUS : WebhookContext.Kind.OTHER;
    }
}
