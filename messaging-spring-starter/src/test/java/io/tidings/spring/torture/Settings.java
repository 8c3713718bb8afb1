package io.tidings.spring.torture;

import io.tidings.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an {@link AppMain} over a database and a provider is started with; its API opens to {@link #BEARER}. */
final class Settings {
    static final String PUBLIC = "https://shop.example.com";
    private static final String KEY = "a-test-not-a-secret";
    static final String BEARER = "Bearer tests." + KEY;

    private final Map<String, Object> all = new LinkedHashMap<>();

    private Settings() {}

    static Settings of(String database, Sandbox sandbox) {
        return new Settings()
                .with("server.port", 0)
                .with("server.address", "127.0.0.1")
                .with("spring.datasource.url", database)
                .with("spring.datasource.username", "postgres")
                .with("tidings.provider", "twilio")
                .with("tidings.from", AppMain.SENDER)
                .with("tidings.home-country", "US")
                .with("tidings.public-url", PUBLIC)
                .with("tidings.secret", "0123456789abcdef0123456789abcdef-" + KEY)
                .with("tidings.twilio.base-url", sandbox.url())
                .with("tidings.twilio.account-sid", sandbox.accountSid())
                .with("tidings.twilio.auth-token", sandbox.authToken())
                .with("tidings.rest.enabled", true)
                .with("tidings.rest.requests-per-minute", 10_000_000)
                .with("tidings.rest.keys[0].id", "tests")
                .with("tidings.rest.keys[0].hash", hash())
                .with("tidings.rest.keys[0].scopes", "send,read,operate,admin");
    }

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Settings with(String name, Object value) {
        all.put(name, value);
        return this;
    }

    Settings without(String name) {
        all.remove(name);
        return this;
    }

    /** On a machine that other builds keep busy a store may be late without being gone. */
    Settings patient() {
        return with("tidings.webhooks.answer-within", "10s");
    }

    /** As a command line has them. */
    List<String> arguments() {
        return all.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toList();
    }
}
