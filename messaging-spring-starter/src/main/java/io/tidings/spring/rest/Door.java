package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises callers: by a key, by their login, or because nobody can be harmed: on the loopback interface beside a
 * sandbox, in an application that has no security of its own.
 */
final class Door {
    private static final String BEARER = "Bearer ";
    private static final String NOBODY = "0".repeat(64);
    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

    private final ApiKeys keys;
    private final RestAccess logins;
    private final Guard guard;
    private final boolean openOnLoopback;
    private final InstantSource time;

    /**
     * What is asked besides who calls.
     *
     * @param origins from where
     * @param rates how often
     */
    record Guard(Origins origins, CallerRates rates) {}

    Door(ApiKeys keys, RestAccess logins, Guard guard, boolean openOnLoopback, InstantSource time) {
        this.keys = keys;
        this.logins = logins;
        this.guard = guard;
        this.openOnLoopback = openOnLoopback;
        this.time = time;
    }

    private Caller unlimited(Access access) {
        return new Caller(access, KeyLimits.NONE, null, guard.rates().usual());
    }

    /** Throws 401 for who is not recognised, 403 for a login without a role or a wrong address, 429 for one request too many. */
    Caller open(HttpServletRequest request) {
        guard.origins().admit(request);
        Caller caller = recognise(request);
        guard.origins().require(caller.limits().networks(), request);
        guard.rates().take(caller.access().actor(), caller.mostPerMinute());
        return caller;
    }

    private Caller recognise(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        // A bearer token that is no key of ours may be the host's own way to log in.
        Optional<Caller> keyed = header != null && header.startsWith(BEARER)
                ? byKey(header.substring(BEARER.length()))
                : Optional.empty();
        return keyed.or(() -> logins.of(request).map(this::unlimited))
                .or(() -> openOnLoopback && header == null && isLocal(request)
                        ? Optional.of(unlimited(Access.whole(Actor.user("loopback"))))
                        : Optional.empty())
                .orElseThrow(() -> unknown(request));
    }

    private static Problem unknown(HttpServletRequest request) {
        if (request.getUserPrincipal() != null) {
            return new Problem(
                    403, "missing-scope", "This login has no role that may do anything here, such as TIDINGS_READ.");
        }
        return new Problem(401, "unauthorized", "Send Authorization: Bearer with a key that is known and not expired.");
    }

    /** The same work for a key that does not exist. */
    private Optional<Caller> byKey(String given) {
        int dot = given.indexOf('.');
        Optional<ApiKey> known = dot < 1 ? Optional.empty() : keys.find(given.substring(0, dot));
        byte[] wanted = known.map(ApiKey::hash).orElse(NOBODY).getBytes(StandardCharsets.US_ASCII);
        byte[] got = hash(given.substring(dot + 1)).getBytes(StandardCharsets.US_ASCII);
        boolean right = MessageDigest.isEqual(wanted, got);
        Optional<ApiKey> valid = known.filter(key -> right)
                .filter(key -> key.expires() == null || time.instant().isBefore(key.expires()));
        valid.ifPresent(key -> keys.used(key, time.instant()));
        return valid.map(this::holder);
    }

    private Caller holder(ApiKey key) {
        Integer own = key.limits().requestsPerMinute();
        return new Caller(
                key.access(),
                key.limits(),
                key.expires(),
                own == null ? guard.rates().usual() : own);
    }

    static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256; check its security providers", e);
        }
    }

    /** Somebody at this machine, not through a proxy, and not a page of another site in its browser. */
    private static boolean isLocal(HttpServletRequest request) {
        HttpServletRequest arrived = Origins.arrived(request);
        String host = arrived.getHeader("Host");
        String site = arrived.getHeader("Sec-Fetch-Site");
        return isLoopback(arrived.getRemoteAddr())
                && arrived.getHeader("Forwarded") == null
                && arrived.getHeader("X-Forwarded-For") == null
                && host != null
                && LOCAL.matcher(host).matches()
                && (site == null || site.equals("same-origin") || site.equals("none"));
    }

    private static boolean isLoopback(String address) {
        try {
            // A literal: nothing is looked up.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
