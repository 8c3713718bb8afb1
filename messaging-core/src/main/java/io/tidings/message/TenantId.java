package io.tidings.message;

/**
 * Names the sub-account, dealership or customer that owns a message: the isolation boundary.
 *
 * @param value 1 to 64 letters, digits or {@code . _ : @ / -}
 */
public record TenantId(String value) {

    /** What a host without several of them uses. */
    public static final TenantId DEFAULT = new TenantId("default");

    /** Checks the name. */
    public TenantId {
        Names.requirePlain("tenant id", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
