package io.tidings.spring;

import org.springframework.core.env.Environment;

/** Refuses a start behind a proxy where every signature of Twilio would look forged. */
final class PublicUrlCheck {
    private PublicUrlCheck() {}

    static void check(TidingsProperties properties, boolean live, Environment environment) {
        String proxy = environment.getProperty("server.forward-headers-strategy", "none");
        boolean webhooks = environment.getProperty("tidings.webhooks.enabled", Boolean.class, true);
        if (live && webhooks && properties.publicUrl() == null && !proxy.equalsIgnoreCase("none")) {
            throw new SetupProblem(
                    SetupProblem.Kind.NO_PUBLIC_URL,
                    "The application runs behind a proxy (server.forward-headers-strategy is " + proxy
                            + "), and tidings.public-url is not set. Twilio signs the address that it calls, which"
                            + " cannot be seen from behind the proxy, so its webhooks would all be refused.",
                    "Set tidings.public-url to the address that Twilio calls, or set tidings.webhooks.enabled=false"
                            + " and statuses are asked for instead.");
        }
    }
}
