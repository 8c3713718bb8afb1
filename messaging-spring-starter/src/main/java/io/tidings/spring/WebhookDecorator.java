package io.tidings.spring;

import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import java.util.function.Function;

/** Puts something around the answers to the provider, such as observation. Beans of this type are applied in their order. */
@FunctionalInterface
public interface WebhookDecorator {

    /** The answers to give instead. */
    Function<WebhookRequest, WebhookResponse> decorate(Function<WebhookRequest, WebhookResponse> answers);
}
