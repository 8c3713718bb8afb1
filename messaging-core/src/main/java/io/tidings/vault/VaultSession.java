package io.tidings.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.TimeSource;
import io.tidings.vault.VaultHttp.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The token that requests carry: renewed after two thirds of its life, gained anew when it has ended. For one thread. */
final class VaultSession {
    private static final Logger log = LoggerFactory.getLogger(VaultSession.class);

    private final VaultHttp http;
    private final VaultLogin login;
    private final TimeSource time;
    private @Nullable Held held;

    /** A token and how long it lives; zero seconds for ever. */
    private record Held(String token, long since, long seconds, boolean renewable) {
        boolean isOlderThan(double part, long now) {
            return seconds > 0
                    && now - since >= (long) (Duration.ofSeconds(seconds).toNanos() * part);
        }
    }

    VaultSession(VaultHttp http, VaultLogin login, TimeSource time) {
        this.http = http;
        this.login = login;
        this.time = time;
    }

    /** Reads what lies there. A role whose token is refused signs in once more. */
    Answer read(String path) {
        Answer answer = http.get(path, token());
        if (answer.status() == 403 && login instanceof VaultLogin.AppRole) {
            held = null;
            answer = http.get(path, token());
        }
        return answer;
    }

    private String token() {
        Held now = held;
        if (now == null || now.isOlderThan(1, time.nanos())) {
            now = signIn();
        } else if (now.renewable() && now.isOlderThan(2.0 / 3, time.nanos())) {
            now = renew(now);
        }
        held = now;
        return now.token();
    }

    private Held signIn() {
        if (login instanceof VaultLogin.AppRole role) {
            JsonNode body = JsonNodeFactory.instance
                    .objectNode()
                    .put("role_id", role.roleId())
                    .put("secret_id", role.secretId().reveal());
            Answer answer = http.post("auth/" + role.mount() + "/login", null, body);
            if (!answer.isOk()) {
                throw new NotConfiguredException("Vault refuses the role (HTTP " + answer.status()
                        + "); check role id and secret id, and whether the secret id has expired");
            }
            return held(answer.body().path("auth"));
        }
        String token = ((VaultLogin.Token) login).token().reveal();
        Answer answer = http.get("auth/token/lookup-self", token);
        if (!answer.isOk()) {
            throw new NotConfiguredException(
                    "Vault refuses the token (HTTP " + answer.status() + "); it may have expired, so give a new one");
        }
        JsonNode data = answer.body().path("data");
        return new Held(
                token,
                time.nanos(),
                data.path("ttl").asLong(),
                data.path("renewable").asBoolean());
    }

    private Held held(JsonNode auth) {
        return new Held(
                auth.path("client_token").asText(),
                time.nanos(),
                auth.path("lease_duration").asLong(),
                auth.path("renewable").asBoolean());
    }

    /** What cannot be renewed is used until it has ended. */
    private Held renew(Held old) {
        Answer answer = http.post("auth/token/renew-self", old.token(), JsonNodeFactory.instance.objectNode());
        if (answer.isOk()) {
            Held renewed = held(answer.body().path("auth"));
            return renewed.token().isEmpty()
                    ? new Held(old.token(), renewed.since(), renewed.seconds(), renewed.renewable())
                    : renewed;
        }
        if (login instanceof VaultLogin.AppRole) {
            return signIn();
        }
        log.warn("Vault does not renew the token (HTTP {}); give a new one before it ends", answer.status());
        return new Held(old.token(), old.since(), old.seconds(), false);
    }
}
