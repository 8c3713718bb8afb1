package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import io.tidings.vault.Vault;
import io.tidings.vault.VaultLogin;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vaults that are signed in to once, however many secrets are read from them. Not safe for use by several threads. */
final class Vaults {
    private final TidingsProperties.@Nullable Vault usual;
    private final Map<TidingsProperties.Vault, Vault> open = new HashMap<>();

    /** Where settings name no address, the usual one is asked with its login; null if there is none. */
    Vaults(TidingsProperties.@Nullable Vault usual) {
        this.usual = usual;
    }

    /**
     * The secret that these settings name.
     *
     * @param where the prefix of the settings, to name what is missing
     */
    CredentialSource secret(TidingsProperties.Vault settings, String where) {
        TidingsProperties.Vault at = settings.address() == null && usual != null ? usual : settings;
        Vault vault = open.computeIfAbsent(withoutPath(at), any -> open(at, where));
        return vault.credentials(at.mount(), named(where + ".vault.path", settings.path()));
    }

    private static TidingsProperties.Vault withoutPath(TidingsProperties.Vault vault) {
        return new TidingsProperties.Vault(
                vault.address(),
                vault.token(),
                vault.roleId(),
                vault.secretId(),
                vault.namespace(),
                vault.mount(),
                null,
                vault.refresh(),
                vault.keep());
    }

    private static Vault open(TidingsProperties.Vault vault, String where) {
        Secret token = vault.token();
        if ((token == null) == (vault.roleId() == null)) {
            throw new NotConfiguredException(
                    "Vault needs either " + where + ".vault.token, or role-id with secret-id, and not both");
        }
        VaultLogin login = token != null
                ? VaultLogin.token(token)
                : VaultLogin.appRole(
                        named(where + ".vault.role-id", vault.roleId()),
                        named(where + ".vault.secret-id", vault.secretId()));
        Vault.Builder builder = Vault.at(named(where + ".vault.address", vault.address()))
                .login(login)
                .remembering(vault.refresh(), vault.keep());
        if (vault.namespace() != null) {
            builder.namespace(vault.namespace());
        }
        return builder.open();
    }

    private static <T> T named(String property, @Nullable T value) {
        if (value == null) {
            throw new NotConfiguredException(property + " is missing");
        }
        return value;
    }
}
