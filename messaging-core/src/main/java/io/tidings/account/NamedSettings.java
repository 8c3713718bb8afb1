package io.tidings.account;

import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes credentials of settings with Twilio's usual names. An empty setting counts as missing. */
final class NamedSettings {
    private static final String ACCOUNT = "TWILIO_ACCOUNT_SID";
    private static final String TOKEN = "TWILIO_AUTH_TOKEN";
    private static final String SECOND_TOKEN = "TWILIO_AUTH_TOKEN_SECONDARY";
    private static final List<String> KEY = List.of("TWILIO_API_KEY", "TWILIO_API_KEY_SID");
    private static final List<String> KEY_SECRET = List.of("TWILIO_API_KEY_SECRET", "TWILIO_API_SECRET");

    private final Map<String, String> settings;
    private final String place;

    private NamedSettings(Map<String, String> settings, String place) {
        this.settings = settings;
        this.place = place;
    }

    static Credentials read(Map<String, String> settings, String place) {
        try {
            return new NamedSettings(settings, place).credentials();
        } catch (IllegalArgumentException e) {
            throw new NotConfiguredException("the Twilio settings in " + place + " are wrong: " + e.getMessage());
        }
    }

    private Credentials credentials() {
        String account = required(ACCOUNT);
        String key = first(KEY);
        String keySecret = first(KEY_SECRET);
        if (key == null && keySecret == null) {
            return Credentials.authToken(account, new Secret(required(TOKEN))).withAuthTokens(tokens());
        }
        if (key == null) {
            throw missing(KEY.get(0), "it names the key that " + KEY_SECRET.get(0) + " belongs to");
        }
        if (keySecret == null) {
            throw missing(KEY_SECRET.get(0), "Twilio showed it once, when the key was created");
        }
        return Credentials.apiKey(account, key, new Secret(keySecret)).withAuthTokens(tokens());
    }

    private List<Secret> tokens() {
        List<Secret> tokens = new ArrayList<>();
        for (String name : List.of(TOKEN, SECOND_TOKEN)) {
            String token = setting(name);
            if (token != null) {
                tokens.add(new Secret(token));
            }
        }
        return tokens;
    }

    private String required(String name) {
        String value = setting(name);
        if (value == null) {
            throw missing(name, "you find it on the Twilio console's start page");
        }
        return value;
    }

    private @Nullable String first(List<String> names) {
        for (String name : names) {
            String value = setting(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable String setting(String name) {
        String value = settings.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private NotConfiguredException missing(String name, String hint) {
        return new NotConfiguredException(name + " is missing in " + place + "; " + hint);
    }
}
