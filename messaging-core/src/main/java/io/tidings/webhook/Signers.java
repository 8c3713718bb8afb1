package io.tidings.webhook;

import io.tidings.message.AccountId;
import io.tidings.message.Secret;
import io.tidings.provider.Account;
import io.tidings.provider.Accounts;
import io.tidings.webhook.RawCallback.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens sign what the provider calls with. The account that a request names only chooses which tokens are tried; what
 * counts is whose token did sign.
 */
record Signers(Supplier<List<Secret>> house, Accounts accounts) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,64}");

    static Signers ofTheHouse(Supplier<List<Secret>> tokens) {
        return new Signers(tokens, Accounts.orHouse());
    }

    /** The accounts with a token that this signature is by: none if it is not genuine. */
    List<AccountId> of(List<Parameter> parameters, Predicate<TwilioSignature> genuine) {
        List<AccountId> signers = new ArrayList<>(1);
        Account named = named(parameters);
        if (named != null
                && genuine.test(new TwilioSignature(named.webhookTokens().get()))) {
            signers.add(named.id());
        }
        if (genuine.test(new TwilioSignature(house.get()))) {
            signers.add(AccountId.DEFAULT);
        }
        return signers;
    }

    private @Nullable Account named(List<Parameter> parameters) {
        List<String> names = parameters.stream()
                .filter(parameter -> parameter.name().equals("AccountSid"))
                .map(Parameter::value)
                .toList();
        return names.size() == 1 && NAME.matcher(names.get(0)).matches()
                ? accounts.find(new AccountId(names.get(0))).orElse(null)
                : null;
    }
}
