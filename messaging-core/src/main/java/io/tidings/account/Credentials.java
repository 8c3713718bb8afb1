package io.tidings.account;

import io.tidings.message.Secret;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What signs our requests to Twilio and checks Twilio's requests to us. Immutable; prints neither secret nor token.
 *
 * @param accountSid the account that carries and pays: AC and 32 hexadecimal digits
 * @param username who signs in: an account SID (its own or the parent account's) or an API key, SK and 32 digits
 * @param secret the auth token of that account, or the secret of that key
 * @param authTokens the account's auth tokens by which webhook signatures are checked, the primary first; two of them
 *     while a token is rotated, none if webhooks are not used. Twilio never signs with an API key's secret.
 */
public record Credentials(String accountSid, String username, Secret secret, List<Secret> authTokens) {
    private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern API_KEY = Pattern.compile("SK[0-9a-fA-F]{32}");

    /** Checks the forms; throws {@link IllegalArgumentException} that says what to copy from where. */
    public Credentials {
        authTokens = List.copyOf(authTokens);
        if (!ACCOUNT.matcher(accountSid).matches()) {
            throw new IllegalArgumentException(
                    "an account SID is AC and 32 hexadecimal digits; copy it from the Twilio console's start page");
        }
        if (!ACCOUNT.matcher(username).matches() && !API_KEY.matcher(username).matches()) {
            throw new IllegalArgumentException(
                    "the user name is an account SID (AC…) or an API key SID (SK…), each with"
                            + " 32 hexadecimal digits; the secret belongs beside it, not in its place");
        }
    }

    /** Signs in with the account's own auth token, which also checks webhook signatures. */
    public static Credentials authToken(String accountSid, Secret token) {
        return new Credentials(accountSid, accountSid, token, List.of(token));
    }

    /** Signs in with an API key; add {@link #withAuthTokens} to receive webhooks. */
    public static Credentials apiKey(String accountSid, String keySid, Secret secret) {
        return new Credentials(accountSid, keySid, secret, List.of());
    }

    /**
     * Credentials of settings with the names of {@link CredentialSource}. Throws {@link
     * io.tidings.message.NotConfiguredException} that names what is missing.
     *
     * @param place where the settings lie, for that message
     */
    public static Credentials named(Map<String, String> settings, String place) {
        return NamedSettings.read(settings, place);
    }

    /** The same credentials that check webhook signatures with these tokens, the primary first. */
    public Credentials withAuthTokens(List<Secret> tokens) {
        return new Credentials(accountSid, username, secret, tokens);
    }

    /** Whether an API key signs in. Twilio: a standard key may send, but not read the account itself. */
    public boolean isApiKey() {
        return username.startsWith("SK");
    }

    @Override
    public String toString() {
        return "Credentials[accountSid=" + masked(accountSid) + ", username=" + masked(username) + ", secret=***, "
                + authTokens.size() + " auth tokens]";
    }

    private static String masked(String sid) {
        return sid.substring(0, 2) + "…" + sid.substring(sid.length() - 4);
    }
}
