package io.tidings.message;

/**
 * Names the provider account that carries and pays for a message.
 *
 * @param value 1 to 64 letters, digits or {@code . _ : @ / -}
 */
public record AccountId(String value) {

    /** What a host without several of them uses. */
    public static final AccountId DEFAULT = new AccountId("default");

    /** Checks the name. */
    public AccountId {
        Names.requirePlain("account id", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
