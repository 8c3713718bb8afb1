package io.tidings.dispatch;

import io.tidings.audit.AuditLog;
import io.tidings.message.AccountId;
import io.tidings.outbox.SenderKey;
import io.tidings.provider.Provider;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts that a node sends through. New ones come at any time, none goes. Safe for use by many threads, but for what
 * is about slots, which the loop alone does.
 */
final class Lines {
    private static final Logger log = LoggerFactory.getLogger(Lines.class);

    private final String node;
    private final WorkerSetup setup;
    private final Crew crew;
    private final Map<AccountId, Line> all = new ConcurrentHashMap<>();
    private final Set<AccountId> unknown = ConcurrentHashMap.newKeySet();
    private volatile @Nullable AuditLog acts;

    Lines(String node, WorkerSetup setup, Crew crew) {
        this.node = node;
        this.setup = setup;
        this.crew = crew;
        setup.providers().forEach((account, provider) -> add(line(account, provider)));
    }

    /** Not at work before it is added. */
    Line line(AccountId account, Provider provider) {
        DispatchSettings settings = setup.settings();
        AccountState state = new AccountState(account.value(), settings, setup.time());
        AuditLog trail = acts;
        if (trail != null) {
            state.recordIn(trail);
        }
        return new Line(
                account,
                provider,
                state,
                new AccountSlots(account.value(), node, setup.stores().limits(), settings, state),
                new Wire(provider, setup, crew));
    }

    void add(Line line) {
        if (all.putIfAbsent(line.account(), line) != null) {
            throw new IllegalStateException("account " + line.account() + " sends here already");
        }
        unknown.remove(line.account());
    }

    Collection<Line> all() {
        return all.values();
    }

    @Nullable
    Line find(AccountId account) {
        return all.get(account);
    }

    /** For an account that messages wait for: one that nobody gave here is said once. */
    @Nullable
    Line forSending(AccountId account) {
        Line line = all.get(account);
        if (line == null && unknown.add(account)) {
            log.warn("messages wait for account {}, which is none of this node's; give it the account", account);
        }
        return line;
    }

    Line get(AccountId account) {
        Line line = all.get(account);
        if (line == null) {
            throw new IllegalArgumentException("there is no account '" + account + "'; known are " + all.keySet());
        }
        return line;
    }

    void recordIn(AuditLog log) {
        acts = log;
        all.values().forEach(line -> line.state().recordIn(log));
    }

    /**
     * Asks for slots where it is time to. Accounts beside the house's that this node owns no sender of have none, so that
     * many of them cost nothing. Returns nanoseconds until it will be time again.
     */
    long renewSlots(Supplier<Set<SenderKey>> owned) {
        Set<AccountId> sending = all.size() == 1
                ? Set.of()
                : owned.get().stream().map(SenderKey::account).collect(Collectors.toSet());
        long again = Long.MAX_VALUE;
        for (Line line : all.values()) {
            boolean house = all.size() == 1 || line.account().equals(AccountId.DEFAULT);
            if (house || sending.contains(line.account()) || !line.isIdle()) {
                again = Math.min(again, line.slots().renew());
            } else {
                line.slots().rest();
            }
        }
        return again;
    }

    void giveUpSlots() {
        all.values().forEach(line -> line.slots().giveUp());
    }

    /** When the slots were asked for that were asked for longest ago, on the ticker. */
    long slotsAskedAt() {
        long now = setup.time().nanos();
        return now
                - all.values().stream()
                        .filter(line -> !line.slots().isResting())
                        .mapToLong(line -> now - line.slots().askedAt())
                        .max()
                        .orElse(0);
    }

    boolean areCalm() {
        return all.values().stream()
                .allMatch(line -> line.state().isRunning() && line.slots().areIdle());
    }

    /** The longest that one of them may not begin anything, in nanoseconds; zero or less if all may. */
    long longestHold() {
        long longest = Long.MIN_VALUE;
        for (Line line : all.values()) {
            longest = Math.max(longest, line.state().nanosHeld());
        }
        return longest == Long.MIN_VALUE ? 0 : longest;
    }

    /** Whether nothing is in flight and everything that came back was taken. */
    boolean areIdle() {
        return all.values().stream().allMatch(Line::isIdle);
    }
}
