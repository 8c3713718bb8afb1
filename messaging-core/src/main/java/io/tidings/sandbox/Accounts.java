package io.tidings.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The main account with its key, those below it, and the test credentials. Safe for use by many threads. */
final class Accounts {
    private final Account main;
    private final String apiKeySid;
    private final String apiKeySecret;
    private final String testSid;
    private final String testToken;
    private final Sids below;
    private final Map<String, Account> all = new ConcurrentHashMap<>();

    Accounts(SandboxBuilder settings, Sids sids) {
        this.main = new Account(
                settings.accountSid == null ? sids.next("AC") : settings.accountSid,
                settings.authToken == null ? sids.next("") : settings.authToken,
                "Tidings sandbox",
                null);
        this.apiKeySid = sids.next("SK");
        this.apiKeySecret = sids.next("");
        this.testSid = sids.next("AC");
        this.testToken = sids.next("");
        this.below = new Sids(settings.seed + 5);
        all.put(main.sid(), main);
    }

    /**
     * Who is asking.
     *
     * @param account by whose credentials, or {@code null} for the test credentials
     */
    record Caller(@Nullable Account account) {
        boolean isLive() {
            return account != null;
        }
    }

    Account main() {
        return main;
    }

    Account add(String friendlyName) {
        Account account = new Account(below.next("AC"), below.next(""), friendlyName, main);
        all.put(account.sid(), account);
        return account;
    }

    @Nullable
    Account find(String sid) {
        return all.get(sid);
    }

    /** Checks HTTP Basic: an account's SID and token, the main account's API key and secret, or the test pair. */
    Caller authenticate(@Nullable String header) {
        String[] pair = decoded(header).split(":", 2);
        if (pair.length == 2) {
            Account account = all.get(pair[0]);
            if (account != null && pair[1].equals(account.token())) {
                return new Caller(account);
            }
            if (pair[0].equals(apiKeySid) && pair[1].equals(apiKeySecret)) {
                return new Caller(main);
            }
            if (pair[0].equals(testSid) && pair[1].equals(testToken)) {
                return new Caller(null);
            }
        }
        throw new Refusal(401, 20003);
    }

    /** The account that a path names, if the caller may act for it: for its own, and the main one for all. */
    Account acting(Account caller, String sid) {
        Account named = all.get(sid);
        if (named == null || (named != caller && !caller.isMain())) {
            throw new Refusal(401, 20003);
        }
        return named;
    }

    private static String decoded(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "";
        }
        try {
            return new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    String apiKeySid() {
        return apiKeySid;
    }

    String apiKeySecret() {
        return apiKeySecret;
    }

    String testSid() {
        return testSid;
    }

    String testToken() {
        return testToken;
    }
}
