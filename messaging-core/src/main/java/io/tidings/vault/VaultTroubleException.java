package io.tidings.vault;

/** Vault could not say: what it said before counts meanwhile. */
final class VaultTroubleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VaultTroubleException(String message) {
        super(message);
    }
}
