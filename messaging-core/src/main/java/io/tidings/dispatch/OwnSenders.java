package io.tidings.dispatch;

import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.Ownership;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The senders that this node owns, their paces, and those that it gives back because another node has fewer: they begin
 * nothing more, and leave when their last request has ended. Used by the loop alone, but for the paces.
 */
final class OwnSenders {
    private final String node;
    private final WorkQueue work;
    private final Function<OwnedSender, SenderPace> newPace;
    private final Map<SenderKey, SenderPace> paces = new ConcurrentHashMap<>();
    private final Map<SenderKey, Integer> inFlight = new HashMap<>();
    private final Set<SenderKey> leaving = new HashSet<>();
    private Set<OwnedSender> owned = Set.of();
    /** Of those owned; asked for several times in each turn. */
    private Set<SenderKey> keys = Set.of();

    private int others;
    private boolean settled;
    private int turn;

    OwnSenders(String node, WorkQueue work, Function<OwnedSender, SenderPace> newPace) {
        this.node = node;
        this.work = work;
        this.newPace = newPace;
    }

    /** Renews and takes senders, and chooses which to give back. */
    void renew(Duration lease) {
        Ownership now = work.own(node, lease);
        owns(now.senders());
        others = now.others();
        settled = now.newcomers() == 0;
        chooseLeaving(now.surplus());
    }

    /** A sender that somebody else may have owned meanwhile gets a new bucket. */
    private void owns(Set<OwnedSender> now) {
        owned.stream().filter(before -> !now.contains(before)).forEach(before -> paces.remove(before.sender()));
        owned = Set.copyOf(now);
        keys = owned.stream().map(OwnedSender::sender).collect(Collectors.toUnmodifiableSet());
        leaving.retainAll(keys);
    }

    private void chooseLeaving(int surplus) {
        List<SenderKey> candidates = owned.stream()
                .map(OwnedSender::sender)
                .sorted(Comparator.comparing((SenderKey key) -> !leaving.contains(key))
                        .thenComparing(key -> inFlight.getOrDefault(key, 0)))
                .limit(surplus)
                .toList();
        leaving.clear();
        leaving.addAll(candidates);
    }

    /** Gives those back that are to leave and have nothing in flight. */
    void handOver() {
        Set<SenderKey> idle =
                leaving.stream().filter(key -> !inFlight.containsKey(key)).collect(Collectors.toSet());
        if (!idle.isEmpty()) {
            work.disown(node, idle);
            owns(owned.stream()
                    .filter(sender -> !idle.contains(sender.sender()))
                    .collect(Collectors.toSet()));
        }
    }

    /** Those that may begin attempts. Each time another one is first: who is served first takes all free slots. */
    List<OwnedSender> turns() {
        List<OwnedSender> turns = new ArrayList<>(owned);
        turns.removeIf(sender -> leaving.contains(sender.sender()));
        Collections.rotate(turns, turn++);
        return turns;
    }

    /** Whether nothing is to move between nodes, now or soon. */
    boolean areSettled() {
        return settled && leaving.isEmpty();
    }

    /** How many other nodes there were when the senders were renewed. */
    int others() {
        return others;
    }

    Set<SenderKey> keys() {
        return keys;
    }

    SenderPace pace(OwnedSender sender) {
        return paces.computeIfAbsent(sender.sender(), key -> newPace.apply(sender));
    }

    /** The pace of a sender that this node sends through, or null. Any thread. */
    @Nullable
    SenderPace known(SenderKey sender) {
        return paces.get(sender);
    }

    /** Any thread. */
    void forEachPace(Consumer<Map.Entry<SenderKey, SenderPace>> change) {
        paces.entrySet().forEach(change);
    }

    void began(List<QueueRow> rows) {
        rows.forEach(row -> inFlight.merge(SenderKey.of(row.stored()), 1, Integer::sum));
    }

    void ended(QueueRow row) {
        inFlight.computeIfPresent(SenderKey.of(row.stored()), (key, some) -> some == 1 ? null : some - 1);
    }

    /** Gives everything back. */
    void disown() {
        work.disown(node);
        owns(Set.of());
    }
}
