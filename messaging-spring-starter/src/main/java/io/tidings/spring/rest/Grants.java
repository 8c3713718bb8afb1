package io.tidings.spring.rest;

import io.tidings.access.AccessKey;
import io.tidings.audit.Actor;
import io.tidings.message.PhoneNumber;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a key opens, as the texts that are stored with it. */
final class Grants {
    private static final String SCOPES = "scopes";
    private static final String KIND = "kind";
    private static final String GUESTS = AccessKey.GUESTS;
    private static final String ADDRESSES = "addresses";
    private static final String RATE = "requestsPerMinute";

    private Grants() {}

    static Map<String, String> of(Access access, KeyLimits limits) {
        Map<String, String> grants = new LinkedHashMap<>();
        grants.put(SCOPES, joined(access.scopes(), Scope::name));
        grants.put(KIND, access.kind().name());
        grants.put(GUESTS, joined(access.guests(), PhoneNumber::e164));
        grants.put(ADDRESSES, String.join(",", limits.addresses()));
        Integer rate = limits.requestsPerMinute();
        if (rate != null) {
            grants.put(RATE, rate.toString());
        }
        return grants;
    }

    private static <T> String joined(Collection<T> all, Function<T, String> word) {
        return all.stream().map(word).sorted().collect(Collectors.joining(","));
    }

    /** The words of the scopes as they are stored, also those that this version does not know. */
    static List<String> scopes(AccessKey stored) {
        return split(stored.grants().get(SCOPES)).stream().sorted().toList();
    }

    /** The word of the kind as it is stored. */
    static String kind(AccessKey stored) {
        return stored.grants().getOrDefault(KIND, "");
    }

    /** The same key; nothing if a newer version has written what this one does not know, so that it opens nothing here. */
    static Optional<ApiKey> known(AccessKey stored) {
        try {
            return Optional.of(key(stored));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The key that was stored so. Throws {@link IllegalArgumentException} for what this version does not know. */
    private static ApiKey key(AccessKey stored) {
        Map<String, String> grants = stored.grants();
        Set<Scope> scopes =
                split(grants.get(SCOPES)).stream().map(Scope::valueOf).collect(Collectors.toSet());
        Set<PhoneNumber> guests =
                split(grants.get(GUESTS)).stream().map(PhoneNumber::new).collect(Collectors.toSet());
        Access.Kind kind = Access.Kind.valueOf(grants.getOrDefault(KIND, ""));
        String rate = grants.get(RATE);
        return new ApiKey(
                stored.id(),
                stored.hash(),
                new Access(new Actor(Actor.Kind.API_KEY, stored.id()), stored.tenant(), scopes, kind, guests),
                stored.life().expires(),
                new KeyLimits(split(grants.get(ADDRESSES)), rate == null ? null : Integer.valueOf(rate)));
    }

    private static List<String> split(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
    }
}
