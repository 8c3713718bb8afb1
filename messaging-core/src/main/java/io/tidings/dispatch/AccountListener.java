package io.tidings.dispatch;

import io.tidings.message.AccountId;

/**
 * Hears when an account begins to stand still and when it sends again, on this node. Called once per change, on a thread
 * of the worker and under no lock; it must not throw.
 */
public interface AccountListener {

    /**
     * Nothing of the account leaves until a check finds it in order.
     *
     * @param reason why, in words for people; holds nothing personal
     */
    void paused(AccountId account, String reason);

    /** A check found the account in order. */
    void resumed(AccountId account);

    /** Nobody listens. */
    static AccountListener none() {
        return new AccountListener() {
            @Override
            public void paused(AccountId account, String reason) {}

            @Override
            public void resumed(AccountId account) {}
        };
    }
}
