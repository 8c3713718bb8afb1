package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.provider.Account;

/**
 * Makes accounts of tenants, which go the same way to Twilio as the house's: by the properties of address, proxy and deadlines,
 * or to the sandbox. Give what it makes to {@link io.tidings.provider.Accounts#assign}. Safe for use by many threads.
 */
@FunctionalInterface
public interface TwilioAccounts {

    /**
     * The account of these credentials, without a sender of its own. Throws {@link
     * io.tidings.message.NotConfiguredException} that names a missing credential.
     */
    Account of(CredentialSource credentials);
}
