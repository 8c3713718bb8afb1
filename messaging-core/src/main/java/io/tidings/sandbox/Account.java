package io.tidings.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The account behind the sandbox: its credentials and its standing. Safe for use by many threads. */
final class Account {
    private final String sid;
    private final String apiKeySid;
    private final String apiKeySecret;
    private final String testSid;
    private final String testToken;
    private volatile String token;
    private volatile String status = "active";
    private volatile String balance = "1000.00";

    /** Who is asking. */
    enum Caller {
        LIVE,
        TEST
    }

    Account(SandboxBuilder settings, Sids sids) {
        this.sid = settings.accountSid == null ? sids.next("AC") : settings.accountSid;
        this.token = settings.authToken == null ? sids.next("") : settings.authToken;
        this.apiKeySid = sids.next("SK");
        this.apiKeySecret = sids.next("");
        this.testSid = sids.next("AC");
        this.testToken = sids.next("");
    }

    /** Checks HTTP Basic: account SID and token, API key and secret, or the test pair. */
    Caller authenticate(@Nullable String header) {
        String pair = decoded(header);
        if (pair.equals(sid + ":" + token) || pair.equals(apiKeySid + ":" + apiKeySecret)) {
            return Caller.LIVE;
        }
        if (pair.equals(testSid + ":" + testToken)) {
            return Caller.TEST;
        }
        throw new Refusal(401, 20003);
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

    String sid(Caller caller) {
        return caller == Caller.LIVE ? sid : testSid;
    }

    String sid() {
        return sid;
    }

    String token() {
        return token;
    }

    void token(String replacement) {
        this.token = replacement;
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

    String status() {
        return status;
    }

    void status(String replacement) {
        this.status = replacement;
    }

    String balance() {
        return balance;
    }

    void balance(String replacement) {
        this.balance = replacement;
    }
}
