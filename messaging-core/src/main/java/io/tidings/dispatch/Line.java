package io.tidings.dispatch;

import io.tidings.message.AccountId;
import io.tidings.provider.Provider;

/** What one account sends through. */
record Line(AccountId account, Provider provider, AccountState state, AccountSlots slots, Wire wire) {

    /** Whether nothing is in flight and everything that came back was taken. */
    boolean isIdle() {
        return wire.isIdle();
    }
}
