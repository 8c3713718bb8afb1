package io.tidings.spring;

import io.tidings.jdbc.ColumnKeys;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The keys that tables are encrypted with: those of a bean, or those of the properties, never some of each. */
final class EncryptionKeys {
    private final TidingsEncryptionProperties properties;

    EncryptionKeys(TidingsEncryptionProperties properties) {
        this.properties = properties;
    }

    /** Nothing, if nothing is encrypted. */
    @Nullable
    ColumnKeys orBean(@Nullable ColumnKeys bean) {
        boolean named = properties.keyId() != null || !properties.keys().isEmpty();
        if (bean != null && named) {
            throw new NotConfiguredException(
                    "there is a ColumnKeys bean, and tidings.encryption is set as well; remove one of them");
        }
        return named ? keys() : bean;
    }

    private ColumnKeys keys() {
        String id = properties.keyId();
        if (id == null) {
            throw new NotConfiguredException("tidings.encryption.keys is set and tidings.encryption.key-id is not; say"
                    + " which of them encrypts what is written");
        }
        Map<String, Secret> older = new TreeMap<>(properties.keys());
        Secret current = older.remove(id);
        if (current == null) {
            throw new NotConfiguredException("tidings.encryption.key-id is " + id + ", and there is no"
                    + " tidings.encryption.keys." + id
                    + "; set it to 32 random bytes as Base64, as openssl rand -base64 32"
                    + " prints them");
        }
        ColumnKeys keys = ColumnKeys.of(id, current);
        for (Map.Entry<String, Secret> each : older.entrySet()) {
            keys = keys.withOlder(each.getKey(), each.getValue());
        }
        return keys;
    }
}
