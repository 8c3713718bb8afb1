package io.tidings.dispatch;

import io.tidings.message.AccountId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing may leave this node, or through one account of it: each cause by its name, with what a person should read.
 * Messages are taken in meanwhile, and what was sent is followed. Safe for use by many threads.
 */
public final class Holds {
    private final Map<String, Held> held = new ConcurrentSkipListMap<>();

    /** Nothing is held. */
    public Holds() {}

    /** The account is null if nothing at all may leave. */
    private record Held(@Nullable AccountId account, String reason) {
        boolean concerns(AccountId one) {
            return account == null || account.equals(one);
        }
    }

    /** Nothing leaves until the cause is over. */
    public void hold(String cause, String reason) {
        held.put(cause, new Held(null, reason));
    }

    /** Nothing leaves through one account until the cause is over. */
    void hold(AccountId account, String cause, String reason) {
        held.put(cause, new Held(account, reason));
    }

    /** More is known of a cause, if nobody has released it meanwhile. */
    void replace(String cause, String reason) {
        held.computeIfPresent(cause, (name, before) -> new Held(before.account, reason));
    }

    /** The cause is over. */
    public void release(String cause) {
        held.remove(cause);
    }

    /** All of them, by cause, those of single accounts too. */
    public Map<String, String> all() {
        return held.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().reason()));
    }

    /** Why nothing at all may leave, if that is so. */
    public Optional<String> reason() {
        return reason(one -> one.account == null);
    }

    /** Why nothing may leave through an account, if that is so. */
    public Optional<String> reason(AccountId account) {
        return reason(one -> one.concerns(account));
    }

    private Optional<String> reason(Predicate<Held> which) {
        if (held.isEmpty()) {
            return Optional.empty();
        }
        String all = held.values().stream().filter(which).map(Held::reason).collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
