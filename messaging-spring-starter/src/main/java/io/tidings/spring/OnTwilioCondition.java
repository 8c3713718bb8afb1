package io.tidings.spring;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where Twilio was chosen, or nothing was and an account or the way to one is known. */
final class OnTwilioCondition extends SpringBootCondition implements ConfigurationCondition {

    /** Beans of the host are known by then. */
    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        ConditionMessage.Builder message = ConditionMessage.forCondition("Twilio");
        String chosen = environment.getProperty("tidings.provider");
        if (chosen != null) {
            return new ConditionOutcome(
                    chosen.equalsIgnoreCase("twilio"), message.because("tidings.provider is " + chosen));
        }
        for (String name : new String[] {
            "tidings.twilio.source",
            "tidings.twilio.account-sid",
            "tidings.twilio.credentials-file",
            "TWILIO_ACCOUNT_SID"
        }) {
            if (environment.containsProperty(name)) {
                return ConditionOutcome.match(message.because(name + " is set"));
            }
        }
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans != null && beans.getBeanNamesForType(TwilioConnectionDetails.class, true, false).length > 0) {
            return ConditionOutcome.match(message.because("a bean says where Twilio is"));
        }
        return ConditionOutcome.noMatch(message.because("neither tidings.provider nor an account is set"));
    }
}
