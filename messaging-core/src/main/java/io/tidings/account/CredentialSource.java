package io.tidings.account;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where credentials come from. Asked before every request, so that a rotated credential works without a restart;
 * implementations are safe for use by many threads and cheap to ask.
 *
 * <p>Environment and file know the usual names: {@code TWILIO_ACCOUNT_SID}, then either {@code TWILIO_AUTH_TOKEN} or
 * {@code TWILIO_API_KEY} (also {@code TWILIO_API_KEY_SID}) with {@code TWILIO_API_KEY_SECRET} (also
 * {@code TWILIO_API_SECRET}); with a key the auth token is optional and only checks webhooks.
 * {@code TWILIO_AUTH_TOKEN_SECONDARY} is accepted for webhooks as well, while a token is rotated.
 */
@FunctionalInterface
public interface CredentialSource {

    /**
     * The credentials to use now. Throws {@link io.tidings.message.NotConfiguredException} that names what is missing.
     */
    Credentials current();

    /** Always the same credentials. */
    static CredentialSource fixed(Credentials credentials) {
        return () -> credentials;
    }

    /** The process's environment. */
    static CredentialSource environment() {
        return environment(System.getenv());
    }

    /** These variables, read anew each time. */
    static CredentialSource environment(Map<String, String> variables) {
        return () -> NamedSettings.read(variables, "the environment");
    }

    /**
     * A properties file with the names above, read again when it changed. Replace it by renaming a new file over it. On
     * POSIX systems a file that others than its owner may read or write is refused with
     * {@link io.tidings.message.NotConfiguredException}.
     */
    static CredentialSource file(Path path) {
        return new CredentialFile(path);
    }
}
