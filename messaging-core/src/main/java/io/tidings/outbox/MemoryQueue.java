package io.tidings.outbox;

import io.tidings.message.AccountId;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.QueueRow.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Queue rows and their indexes. Not safe for use by several threads: the outbox holds its lock. */
final class MemoryQueue {
    private static final Comparator<QueueRow> BY_DUE = (one, other) -> {
        int byDate = one.notBefore().compareTo(other.notBefore());
        return byDate != 0 ? byDate : one.stored().id().compareTo(other.stored().id());
    };

    private final Map<MessageId, QueueRow> rows = new HashMap<>();
    private final Map<LaneKey, Map<TenantId, NavigableSet<QueueRow>>> lanes = new HashMap<>();
    private final Map<OrderKey, TreeSet<MessageId>> orders = new HashMap<>();
    private final Map<TenantId, Long> perTenant = new HashMap<>();
    private final Map<SenderKey, Long> perSender = new HashMap<>();
    private final Map<MessageId, QueueRow> sending = new HashMap<>();
    private final Map<Recipient, Map<MessageId, QueueRow>> unresolved = new HashMap<>();
    private long uncertain;

    private record LaneKey(SenderKey sender, Category category) {}

    private record Recipient(AccountId account, PhoneNumber to) {
        static Recipient of(QueueRow row) {
            return new Recipient(row.stored().account(), row.stored().message().to());
        }
    }

    private record OrderKey(TenantId tenant, String key) {}

    @Nullable
    QueueRow get(MessageId id) {
        return rows.get(id);
    }

    Collection<QueueRow> rows() {
        return rows.values();
    }

    List<QueueRow> sending() {
        return List.copyOf(sending.values());
    }

    Set<SenderKey> senders() {
        return perSender.keySet();
    }

    /** Puts, replaces or removes a row and returns what was there. */
    @SuppressWarnings(
            "ReferenceEquality") // the same object proves it; comparing the texts would cost more than it saves
    @Nullable
    QueueRow set(MessageId id, @Nullable QueueRow row) {
        QueueRow before = row == null ? rows.remove(id) : rows.put(id, row);
        boolean stays = before != null && row != null && before.stored() == row.stored();
        if (before != null) {
            unindex(before);
            if (!stays) {
                forget(before);
            }
        }
        if (row != null) {
            index(row);
            if (!stays) {
                note(row);
            }
        }
        return before;
    }

    /** What is the same in every state of a message. */
    private void note(QueueRow row) {
        count(row, 1);
        OrderKey order = orderKey(row);
        if (order != null) {
            orders.computeIfAbsent(order, key -> new TreeSet<>())
                    .add(row.stored().id());
        }
    }

    private void forget(QueueRow row) {
        count(row, -1);
        OrderKey order = orderKey(row);
        if (order != null) {
            TreeSet<MessageId> ids = orders.get(order);
            if (ids != null && ids.remove(row.stored().id()) && ids.isEmpty()) {
                orders.remove(order);
            }
        }
    }

    List<QueueRow> unresolved(AccountId account, PhoneNumber to) {
        return List.copyOf(
                unresolved.getOrDefault(new Recipient(account, to), Map.of()).values());
    }

    private void index(QueueRow row) {
        if (row.state() != State.QUEUED) {
            unresolved
                    .computeIfAbsent(Recipient.of(row), key -> new LinkedHashMap<>())
                    .put(row.stored().id(), row);
        }
        switch (row.state()) {
            case QUEUED ->
                lanes.computeIfAbsent(laneKey(row), key -> new LinkedHashMap<>())
                        .computeIfAbsent(row.stored().message().tenant(), key -> new TreeSet<>(BY_DUE))
                        .add(row);
            case SENDING -> sending.put(row.stored().id(), row);
            case UNCERTAIN -> uncertain++;
        }
    }

    private void unindex(QueueRow row) {
        if (row.state() != State.QUEUED) {
            unresolved.computeIfPresent(Recipient.of(row), (key, some) -> {
                some.remove(row.stored().id());
                return some.isEmpty() ? null : some;
            });
        }
        switch (row.state()) {
            case QUEUED -> removeFromLane(row);
            case SENDING -> sending.remove(row.stored().id());
            case UNCERTAIN -> uncertain--;
        }
    }

    private void removeFromLane(QueueRow row) {
        Map<TenantId, NavigableSet<QueueRow>> lane = lanes.getOrDefault(laneKey(row), Map.of());
        NavigableSet<QueueRow> mine = lane.get(row.stored().message().tenant());
        if (mine != null && mine.remove(row) && mine.isEmpty()) {
            lane.remove(row.stored().message().tenant());
        }
    }

    private void count(QueueRow row, long change) {
        add(perTenant, row.stored().message().tenant(), change);
        add(perSender, SenderKey.of(row.stored()), change);
    }

    private static <K> void add(Map<K, Long> counters, K key, long change) {
        counters.compute(key, (k, before) -> {
            long after = (before == null ? 0 : before) + change;
            return after == 0 ? null : Long.valueOf(after);
        });
    }

    private static LaneKey laneKey(QueueRow row) {
        return new LaneKey(SenderKey.of(row.stored()), row.stored().message().category());
    }

    private static @Nullable OrderKey orderKey(QueueRow row) {
        String key = row.stored().message().options().orderKey();
        return key == null ? null : new OrderKey(row.stored().message().tenant(), key);
    }

    List<QueueRow> due(SenderKey sender, Category category, Instant now, int limit, Set<TenantId> without) {
        Map<TenantId, NavigableSet<QueueRow>> lane = lanes.get(new LaneKey(sender, category));
        if (lane == null || lane.isEmpty()) {
            return List.of();
        }
        List<Iterator<QueueRow>> turns = new ArrayList<>();
        lane.forEach((tenant, waiting) -> {
            if (!without.contains(tenant)) {
                turns.add(waiting.iterator());
            }
        });
        List<QueueRow> due = new ArrayList<>(Math.min(limit, 64));
        while (!turns.isEmpty() && due.size() < limit) {
            for (Iterator<Iterator<QueueRow>> turn = turns.iterator(); turn.hasNext() && due.size() < limit; ) {
                QueueRow next = nextDue(turn.next(), now);
                if (next == null) {
                    turn.remove();
                } else {
                    due.add(next);
                }
            }
        }
        if (!due.isEmpty()) {
            rotate(lane, due.get(0).stored().message().tenant());
        }
        return due;
    }

    /** The tenant served first goes to the end, so that a limit of one is fair too. */
    private static void rotate(Map<TenantId, NavigableSet<QueueRow>> lane, TenantId served) {
        NavigableSet<QueueRow> waiting = lane.remove(served);
        if (waiting != null) {
            lane.put(served, waiting);
        }
    }

    private @Nullable QueueRow nextDue(Iterator<QueueRow> waiting, Instant now) {
        while (waiting.hasNext()) {
            QueueRow row = waiting.next();
            if (row.notBefore().isAfter(now)) {
                return null;
            }
            if (isFirstOfItsOrder(row)) {
                return row;
            }
        }
        return null;
    }

    private boolean isFirstOfItsOrder(QueueRow row) {
        OrderKey order = orderKey(row);
        TreeSet<MessageId> ids = order == null ? null : orders.get(order);
        return ids == null || ids.first().equals(row.stored().id());
    }

    Optional<Instant> nextDue(Set<SenderKey> senders, Instant now) {
        Instant next = null;
        for (Map.Entry<LaneKey, Map<TenantId, NavigableSet<QueueRow>>> lane : lanes.entrySet()) {
            if (senders.contains(lane.getKey().sender())) {
                for (NavigableSet<QueueRow> waiting : lane.getValue().values()) {
                    Instant due = firstAfter(waiting, now);
                    next = next == null || (due != null && due.isBefore(next)) ? due : next;
                }
            }
        }
        return Optional.ofNullable(next);
    }

    /** Whether any message waits that is due by then. */
    boolean isDue(Instant end) {
        return lanes.values().stream()
                .flatMap(lane -> lane.values().stream())
                .anyMatch(waiting -> !waiting.first().notBefore().isAfter(end));
    }

    private static @Nullable Instant firstAfter(NavigableSet<QueueRow> waiting, Instant now) {
        QueueRow first = waiting.first();
        if (first.notBefore().isAfter(now)) {
            return first.notBefore();
        }
        QueueRow later = waiting.higher(first.queued(now.plusNanos(1), first.tries(), null));
        return later == null ? null : later.notBefore();
    }

    /** Looks only at what is due later: rows that wait for their turn may be very many. */
    QueueCounts counts(Instant now) {
        long scheduled = 0;
        for (Map<TenantId, NavigableSet<QueueRow>> lane : lanes.values()) {
            for (NavigableSet<QueueRow> waiting : lane.values()) {
                for (QueueRow row : waiting.descendingSet()) {
                    if (!row.notBefore().isAfter(now)) {
                        break;
                    }
                    scheduled += row.tries().attempts() == 0 ? 1 : 0;
                }
            }
        }
        long queued = rows.size() - sending.size() - uncertain - scheduled;
        return new QueueCounts(scheduled, queued, sending.size(), uncertain);
    }

    Duration lag(Instant now) {
        return lanes.values().stream()
                .flatMap(lane -> lane.values().stream())
                .map(waiting -> Duration.between(waiting.first().notBefore(), now))
                .filter(due -> !due.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    long waiting(@Nullable TenantId tenant) {
        return tenant == null ? rows.size() : perTenant.getOrDefault(tenant, 0L);
    }
}
