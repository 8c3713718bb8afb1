package io.tidings.spring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Where the provider calls this application.
 *
 * @param enabled Whether this application answers the provider. One that does not leaves that to another node.
 * @param path Path of everything that the provider calls, below the public URL and below the context path.
 * @param answerWithin Time after which 503 is answered while the database does not; the provider itself waits for 15 seconds.
 */
@ConfigurationProperties("tidings.webhooks")
public record TidingsWebhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/tidings/webhooks") String path,
        @DefaultValue("500ms") Duration answerWithin) {

    /** Checks path and time. */
    public TidingsWebhookProperties {
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.webhooks.path",
                    path,
                    "it begins with a slash, ends without one, and holds letters, digits and . _ ~ - between slashes");
        }
        if (answerWithin.isNegative() || answerWithin.isZero()) {
            throw new InvalidConfigurationPropertyValueException(
                    "tidings.webhooks.answer-within", answerWithin, "it is a positive time, such as 500ms");
        }
    }
}
