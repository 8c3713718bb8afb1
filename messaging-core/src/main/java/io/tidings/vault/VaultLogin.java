package io.tidings.vault;

import io.tidings.message.Secret;

/** How this application signs in to Vault. Prints no secret. */
public sealed interface VaultLogin {

    /** With a token, which is renewed as long as Vault allows. */
    static VaultLogin token(Secret token) {
        return new Token(token);
    }

    /** As a role, under the usual path {@code approle}; signs in again when the token that this gives has ended. */
    static VaultLogin appRole(String roleId, Secret secretId) {
        return new AppRole("approle", roleId, secretId);
    }

    /**
     * A token.
     *
     * @param token the token itself
     */
    record Token(Secret token) implements VaultLogin {}

    /**
     * A role.
     *
     * @param mount where the method is mounted, usually {@code approle}
     * @param roleId which role
     * @param secretId its secret; it must serve more than once
     */
    record AppRole(String mount, String roleId, Secret secretId) implements VaultLogin {
        @Override
        public String toString() {
            return "AppRole[" + mount + "]";
        }
    }
}
