package io.tidings.spring;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.provider.Account;
import io.tidings.provider.Accounts;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.Subaccount;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives the tenants of the properties their accounts. */
final class TenantAccounts {
    private static final String WHERE = "tidings.tenants.";

    private final TidingsTenantProperties properties;
    private final String country;
    private final boolean listening;
    private final @Nullable Opening opening;

    /** Opens the account of one tenant's settings. */
    @FunctionalInterface
    interface Opening {
        Account open(String tenant, TidingsTenantProperties.Tenant settings);
    }

    TenantAccounts(TidingsTenantProperties properties, TidingsProperties house, @Nullable Opening opening) {
        this.properties = properties;
        this.country = house.homeCountry() == null ? "ZZ" : house.homeCountry();
        this.listening = house.publicUrl() != null;
        this.opening = opening;
    }

    /** By the credentials of each, which have to be there and of an account that nobody else has. */
    static Opening atTwilio(
            BiFunction<CredentialSource, TidingsProperties.Twilio, Account> way,
            TidingsProperties.Twilio house,
            Supplier<Credentials> houses) {
        Vaults vaults = new Vaults(house.vault());
        return (tenant, settings) -> {
            String where = WHERE + tenant + ".twilio";
            CredentialSource source = new PropertyCredentials(settings.twilio(), where, vaults).source();
            if (source.current().accountSid().equals(houses.get().accountSid())) {
                throw new NotConfiguredException(
                        "the account is the house's, and tenants without one of their own use it" + " anyway; remove "
                                + where);
            }
            return way.apply(source, settings.twilio());
        };
    }

    /** A subaccount of the sandbox for each, whatever the credentials: nobody is texted. */
    static Opening inSandbox(Sandbox sandbox, TwilioAccounts accounts) {
        return (tenant, settings) -> {
            String from = settings.from();
            Subaccount below = from == null ? sandbox.subaccount(tenant) : sandbox.subaccount(tenant, from);
            return accounts.of(() -> Credentials.authToken(below.sid(), new Secret(below.authToken())));
        };
    }

    /** Each of them, in the order of their names. */
    void assignTo(Accounts accounts) {
        Map<String, TidingsTenantProperties.Tenant> all = new TreeMap<>(properties.tenants());
        all.forEach((name, settings) -> assign(accounts, name, settings));
    }

    private Account opened(String name, TidingsTenantProperties.Tenant settings) {
        if (opening == null) {
            throw new NotConfiguredException(
                    "there is a Provider bean of the application's own, so it has to give tenants"
                            + " their accounts as well, to the bean of type Accounts");
        }
        return opening.open(name, settings);
    }

    private void assign(Accounts accounts, String name, TidingsTenantProperties.Tenant settings) {
        try {
            Sender from = settings.from() == null ? null : Sender.parse(settings.from(), country);
            Account account = opened(name, settings).withFrom(from);
            if (listening && account.webhookTokens().get().isEmpty()) {
                throw new NotConfiguredException(
                        "its webhooks come to tidings.public-url and could not be checked, because"
                                + " there is no auth token, only an API key");
            }
            accounts.assign(new TenantId(name), account);
        } catch (InvalidNumberException | NotConfiguredException | IllegalArgumentException e) {
            throw new SetupProblem(
                    SetupProblem.Kind.TENANT_ACCOUNT,
                    "The account of tenant '" + name + "' cannot be used: " + e.getMessage() + ".",
                    "Set " + WHERE + name + ".twilio.account-sid with auth-token (or api-key and api-secret, and"
                            + " auth-token to take webhooks), or its credentials-file, or its vault.path; and "
                            + WHERE + name + ".from to a sender of that account. Variables do not count for tenants.");
        }
    }
}
