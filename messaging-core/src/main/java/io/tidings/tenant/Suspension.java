package io.tidings.tenant;

/**
 * Why a tenant may not send.
 *
 * @param reason the words of whoever decided it, 1 to 500 characters; without numbers, for it is shown to the tenant
 * @param forGood whether the tenant was deleted
 */
public record Suspension(String reason, boolean forGood) {

    /** Checks the reason. */
    public Suspension {
        if (reason.isBlank() || reason.length() > 500) {
            throw new IllegalArgumentException("a reason has 1 to 500 characters");
        }
    }
}
