package io.tidings.outbox;

import io.tidings.message.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owns which sender, and which nodes there are. Its methods are called inside the transactions. */
final class MemoryLeases {
    /** A node that has not called for this part of its lease is away, and one that has not yet been there so long is new. */
    private static final int PRESENCE = 6;

    private final MemoryTransactions transactions;
    private final InstantSource time;
    private final Map<SenderKey, Lease> leases = new HashMap<>();
    private final Map<String, Presence> nodes = new HashMap<>();

    /** Kept when the node has given it back, as the end of its ownership. */
    private record Lease(
            @Nullable String node, Instant until, @Nullable Duration rested) {

        boolean isOf(String other) {
            return other.equals(node);
        }

        Lease endedBy(Instant now) {
            return new Lease(null, until.isBefore(now) ? until : now, null);
        }

        @Nullable
        Duration restedFor(String next, Instant now) {
            return isOf(next) ? rested : Duration.between(until, now);
        }
    }

    private record Presence(Instant since, Instant until) {}

    MemoryLeases(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    Ownership own(String node, Duration lease, Set<SenderKey> withMessages) {
        Instant now = time.instant();
        int newcomers = arrive(node, now, lease.dividedBy(PRESENCE));
        int others = nodes.size() - 1;
        int nodesAtWork = 1 + others - newcomers;
        Set<SenderKey> mine = new HashSet<>();
        Set<SenderKey> free = new HashSet<>(withMessages);
        Set<SenderKey> all = new HashSet<>(withMessages);
        leases.forEach((sender, held) -> {
            if (held.isOf(node)) {
                mine.add(sender);
                all.add(sender);
                free.remove(sender);
            } else if (held.until().isAfter(now)) {
                all.add(sender);
                free.remove(sender);
            }
        });
        int share = (all.size() + nodesAtWork - 1) / nodesAtWork;
        free.stream().limit(Math.max(0, share - mine.size())).forEach(mine::add);
        Set<OwnedSender> owned = new HashSet<>();
        mine.forEach(sender -> owned.add(own(sender, node, now, now.plus(lease))));
        return new Ownership(owned, Math.max(0, mine.size() - share), others, newcomers);
    }

    /** Notes that a node is there, and returns how many others are too new to count. */
    private int arrive(String node, Instant now, Duration presence) {
        Map<String, Presence> before = Map.copyOf(nodes);
        transactions.onRollback(() -> {
            nodes.clear();
            nodes.putAll(before);
        });
        nodes.values().removeIf(other -> !other.until().isAfter(now));
        Presence known = nodes.get(node);
        nodes.put(node, new Presence(known == null ? now : known.since(), now.plus(presence)));
        Instant settled = now.minus(presence);
        return (int) nodes.entrySet().stream()
                .filter(other -> !other.getKey().equals(node))
                .filter(other -> other.getValue().since().isAfter(settled))
                .count();
    }

    private OwnedSender own(SenderKey sender, String node, Instant now, Instant until) {
        Lease before = leases.get(sender);
        Duration rested = before == null ? null : before.restedFor(node, now);
        put(sender, new Lease(node, until, rested));
        return new OwnedSender(sender, rested);
    }

    void leave(String node) {
        Presence before = nodes.remove(node);
        if (before != null) {
            transactions.onRollback(() -> nodes.put(node, before));
        }
        disown(node, Set.copyOf(leases.keySet()));
    }

    void disown(String node, Collection<SenderKey> senders) {
        Instant now = time.instant();
        for (SenderKey sender : senders) {
            Lease held = leases.get(sender);
            if (held != null && held.isOf(node)) {
                put(sender, held.endedBy(now));
            }
        }
    }

    private void put(SenderKey sender, Lease lease) {
        Lease before = leases.put(sender, lease);
        transactions.onRollback(() -> {
            if (before == null) {
                leases.remove(sender);
            } else {
                leases.put(sender, before);
            }
        });
    }

    /** How many nodes are there besides this one. */
    int others(String node) {
        Instant now = time.instant();
        return (int) nodes.entrySet().stream()
                .filter(each ->
                        !each.getKey().equals(node) && each.getValue().until().isAfter(now))
                .count();
    }

    boolean owns(String node, SenderKey sender) {
        Lease lease = leases.get(sender);
        return lease != null && lease.isOf(node) && lease.until().isAfter(time.instant());
    }
}
