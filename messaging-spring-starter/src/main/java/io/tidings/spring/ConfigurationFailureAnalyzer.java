package io.tidings.spring;

import io.tidings.message.NotConfiguredException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows what core says of a missing or contradicting setting, which names what to do itself. */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<NotConfiguredException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NotConfiguredException cause) {
        return new FailureAnalysis(
                "Tidings cannot work with these settings: " + cause.getMessage(),
                "Change the setting named above. What is called homeCountry(…) there is the property"
                        + " tidings.home-country, and so on; all of them are in"
                        + " META-INF/tidings/spring-configuration.md in the jar of messaging-spring-starter, and what has no"
                        + " property is set by a TidingsCustomizer bean.",
                rootFailure);
    }
}
