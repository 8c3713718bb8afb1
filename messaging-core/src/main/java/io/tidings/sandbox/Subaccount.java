package io.tidings.sandbox;

/**
 * An account below the main one: its own token, senders, messages and callbacks, which are signed with its token. The main
 * account's credentials act for it too, and its balance is the main account's. Made by {@link Sandbox#subaccount}. Safe for use
 * by many threads.
 */
public final class Subaccount {
    private final Account account;

    Subaccount(Account account) {
        this.account = account;
    }

    /** Returns its id, {@code AC…}. */
    public String sid() {
        return account.sid();
    }

    /** Returns its token; it also signs its callbacks. */
    public String authToken() {
        return account.token();
    }

    /** Replaces the token: the old one is refused from now on, and its callbacks are signed with the new one. */
    public void rotateAuthToken(String token) {
        account.token(token);
    }

    /** Sets its status: {@code active}, {@code suspended} or {@code closed}; only the first may create. */
    public void status(String status) {
        account.status(status);
    }
}
