package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.access.AccessKey;
import io.tidings.access.AccessKeys;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.TenantId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys of the API: seen, made, with a secret that is shown once, and taken back. Nobody grants more than it may do. */
final class KeyEndpoints {
    private static final int SECRET_BYTES = 32;

    private final Supplier<Tidings> tidings;
    private final ApiKeys keys;
    private final SecureRandom random = new SecureRandom();

    KeyEndpoints(Supplier<Tidings> tidings, ApiKeys keys) {
        this.tidings = tidings;
        this.keys = keys;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/keys", Scope.ADMIN, this::list),
                new Endpoint("POST", "/keys", Scope.ADMIN, this::create),
                new Endpoint("DELETE", "/keys/{id}", Scope.ADMIN, this::revoke));
    }

    private AccessKeys store() {
        return tidings.get().accessKeys();
    }

    private StoredKeys stored() {
        if (keys instanceof StoredKeys here) {
            return here;
        }
        throw new NotConfiguredException(
                "a bean ApiKeys of the application keeps the keys; make and revoke them there");
    }

    private Answer list(Call call) {
        ObjectNode json = Views.object();
        ArrayNode all = json.putArray("keys");
        List<AccessKey> rows = keys instanceof StoredKeys ? store().all() : List.of();
        Set<String> ids = rows.stream().map(AccessKey::id).collect(Collectors.toSet());
        keys.all().stream()
                .filter(key ->
                        !ids.contains(key.id()) && isSeen(call, key.access().tenant()))
                .forEach(key -> all.add(view(key)));
        rows.stream().filter(row -> isSeen(call, row.tenant())).forEach(row -> all.add(view(row)));
        return Answer.ok(json);
    }

    private static boolean isSeen(Call call, @Nullable TenantId tenant) {
        return call.access().tenant() == null || call.access().tenant().equals(tenant);
    }

    private Answer create(Call call) {
        StoredKeys here = stored();
        Fields body = call.body();
        String id = body.needed("id");
        WantedKey wanted = WantedKey.read(call, id, body);
        byte[] drawn = new byte[SECRET_BYTES];
        random.nextBytes(drawn);
        String secret = HexFormat.of().formatHex(drawn);
        AccessKey.Draft draft = new AccessKey.Draft(
                id,
                Door.hash(secret),
                wanted.access().tenant(),
                Grants.of(wanted.access(), wanted.limits()),
                wanted.expires());
        String reason = body.needed("reason");
        body.end();
        if (here.isConfigured(id)) {
            throw taken();
        }
        AccessKey made = make(draft, reason);
        here.forget();
        ObjectNode json = view(made).put("key", id + "." + secret);
        return new Answer(201, json, Map.of("Location", "keys/" + id));
    }

    private AccessKey make(AccessKey.Draft draft, String reason) {
        try {
            return store().create(draft, reason);
        } catch (IllegalStateException e) {
            throw taken();
        }
    }

    private static Problem taken() {
        return new Problem(409, "key-exists", "There is or was a key of this id; give the new one another.");
    }

    private Answer revoke(Call call) {
        StoredKeys here = stored();
        String id = call.path().get(0);
        AccessKey row = row(id, call);
        String reason = call.body().needed("reason");
        call.body().end();
        if (row.life().revokedAt() == null) {
            store().revoke(id, reason);
            here.forget();
        }
        return Answer.ok(view(row(id, call)));
    }

    private AccessKey row(String id, Call call) {
        return store().find(id).filter(row -> isSeen(call, row.tenant())).orElseThrow(Problem::notFound);
    }

    /** One of the configuration, or of the application. */
    private ObjectNode view(ApiKey key) {
        ObjectNode one = Views.object()
                .put("id", key.id())
                .put("kind", key.access().kind().name())
                .put("configured", true)
                .put("usable", true);
        Views.put(one, "tenant", key.access().tenant());
        Views.put(one, "expires", key.expires());
        ArrayNode scopes = one.putArray("scopes");
        key.access().scopes().stream().sorted().map(Scope::name).forEach(scopes::add);
        Views.put(one, "lastUsed", keys.lastUsed(key.id()).orElse(null));
        return one;
    }

    /** One of the store, in the words that are stored: it is seen and revoked here too if only a newer version knows them. */
    private static ObjectNode view(AccessKey row) {
        ObjectNode one = Views.object()
                .put("id", row.id())
                .put("kind", Grants.kind(row))
                .put("configured", false)
                .put(
                        "usable",
                        row.life().revokedAt() == null && Grants.known(row).isPresent());
        Views.put(one, "tenant", row.tenant());
        Views.put(one, "expires", row.life().expires());
        Grants.scopes(row).forEach(one.putArray("scopes")::add);
        Views.put(one, "lastUsed", row.life().lastUsed());
        Views.put(one, "createdAt", row.life().createdAt());
        Views.put(one, "createdBy", row.life().createdBy());
        Views.put(one, "revokedAt", row.life().revokedAt());
        return one;
    }
}
