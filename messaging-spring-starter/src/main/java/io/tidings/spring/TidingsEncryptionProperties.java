package io.tidings.spring;

import io.tidings.message.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Numbers and texts encrypted in the tables.
 *
 * @param keyId Which of the keys encrypts what is written. Nothing is encrypted, if there are no keys.
 * @param keys Keys by their ids, each 32 random bytes as Base64.
 */
@ConfigurationProperties("tidings.encryption")
public record TidingsEncryptionProperties(
        @Nullable String keyId, @DefaultValue Map<String, Secret> keys) {

    /** Copies the keys. */
    public TidingsEncryptionProperties {
        keys = Map.copyOf(keys);
    }
}
