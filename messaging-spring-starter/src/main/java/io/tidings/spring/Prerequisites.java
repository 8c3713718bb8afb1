package io.tidings.spring;

import io.tidings.account.TidingsSecret;
import io.tidings.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * The settings without which nobody can be texted, all of them at once: nobody should learn of the second at the next start.
 * Only definitions of beans are looked at, so that it can be asked for after a start that failed, too.
 */
record Prerequisites(TidingsProperties properties, Environment environment, ListableBeanFactory beans) {

    /** What is missing or cannot be used, in the order in which it would stop the start. */
    List<SetupProblem> missing(boolean live) {
        List<SetupProblem> all = new ArrayList<>();
        collect(() -> SenderCheck.check(properties, live && !isCustomized()), all::add);
        collect(() -> secret(live), all::add);
        collect(() -> PublicUrlCheck.check(properties, live, environment), all::add);
        return all;
    }

    /** Whether Twilio itself was chosen, by the properties and not by a bean of the host. */
    boolean isTwilio() {
        return properties.provider() != TidingsProperties.Carrier.SANDBOX
                && Stream.of(beans.getBeanNamesForType(Provider.class, true, false))
                        .allMatch("tidingsProvider"::equals);
    }

    /** What the host's own customizers set cannot be known before they have. Ours begin with our name. */
    private boolean isCustomized() {
        return Stream.of(beans.getBeanNamesForType(TidingsCustomizer.class, true, false))
                .anyMatch(name -> !name.startsWith("tidings"));
    }

    private void secret(boolean live) {
        if (properties.secret().isEmpty() && live) {
            throw new SetupProblem(
                    SetupProblem.Kind.NO_SECRET,
                    "The property tidings.secret is not set, so callbacks could not be authenticated after a restart.",
                    "Set tidings.secret (or the variable TIDINGS_SECRET) to the output of: openssl rand -hex 32");
        }
        if (!properties.secret().isEmpty()) {
            given();
        }
    }

    private void given() {
        try {
            TidingsSecret.of(properties.secret());
        } catch (IllegalArgumentException e) {
            throw new SetupProblem(
                    SetupProblem.Kind.NO_SECRET,
                    "The property tidings.secret cannot be used: " + e.getMessage(),
                    "Set each of its values to the output of: openssl rand -hex 32");
        }
    }

    private static void collect(Runnable check, Consumer<SetupProblem> found) {
        try {
            check.run();
        } catch (SetupProblem problem) {
            found.accept(problem);
        }
    }
}
