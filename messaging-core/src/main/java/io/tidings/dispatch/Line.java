package io.tidings.dispatch;

import io.tidings.provider.Provider;

/** What one account sends through. */
record Line(Provider provider, AccountState state, AccountSlots slots, Wire wire) {}
