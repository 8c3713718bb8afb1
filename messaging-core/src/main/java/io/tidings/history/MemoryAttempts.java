package io.tidings.history;

import io.tidings.message.AttemptId;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of attempts. */
public final class MemoryAttempts implements AttemptStore {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock, as all below. */
    private final Map<MessageId, TreeMap<Integer, Attempt>> attempts = new HashMap<>();

    private final Map<AttemptId, List<Placed>> observations = new HashMap<>();
    private long places;
    private final Map<String, AttemptId> owners = new HashMap<>();
    /** Those of the owned SIDs that only the list gave. */
    private final Set<String> listed = new HashSet<>();

    private final Map<AttemptId, Due> due = new HashMap<>();
    private final TreeSet<Due> dueOrder = new TreeSet<>();

    /** Something seen of an attempt, and as which of all. */
    record Placed(long place, AttemptId attempt, Observation seen) {}

    private record Due(AttemptId attempt, Instant at, int round) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byDate = at.compareTo(other.at);
            return byDate != 0 ? byDate : attempt.compareTo(other.attempt);
        }
    }

    /** Joins these transactions and goes by this date. */
    public MemoryAttempts(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public void begin(List<Attempt> begun) {
        transactions.execute(() -> begun.forEach(attempt -> {
            TreeMap<Integer, Attempt> siblings =
                    attempts.computeIfAbsent(attempt.id().message(), id -> new TreeMap<>());
            if (siblings.putIfAbsent(attempt.id().number(), attempt) != null) {
                throw new IllegalStateException("attempt " + attempt.id() + " was begun before");
            }
            transactions.onRollback(() -> siblings.remove(attempt.id().number()));
        }));
    }

    @Override
    public Optional<Merged> observe(AttemptId id, Observation seen) {
        return transactions.run(() -> {
            Attempt named = find(id);
            return named == null ? Optional.empty() : Optional.of(merge(ownerOf(named, seen), seen));
        });
    }

    private Attempt ownerOf(Attempt named, Observation seen) {
        String sid = seen.sid();
        AttemptId owner = sid == null ? named.id() : owners.putIfAbsent(sid, named.id());
        if (sid != null && owner == null) {
            transactions.onRollback(() -> owners.remove(sid));
            own(named, sid, seen.source());
            return named;
        }
        return owner == null || owner.equals(named.id()) ? named : Objects.requireNonNull(find(owner));
    }

    private void own(Attempt named, String sid, Observation.Source source) {
        String before = named.sid();
        if (source == Observation.Source.LIST) {
            listed.add(sid);
            transactions.onRollback(() -> listed.remove(sid));
        } else if (before != null && listed.remove(before)) {
            owners.remove(before);
            transactions.onRollback(() -> {
                listed.add(before);
                owners.put(before, named.id());
            });
        }
    }

    /** A SID that went to nobody again while the observation was kept is no part of the attempt any more. */
    private Attempt known(Attempt before) {
        return before.sid() == null || before.id().equals(owners.get(before.sid())) ? before : before.withoutSid();
    }

    private Merged merge(Attempt before, Observation seen) {
        AttemptId id = before.id();
        Attempt after = known(before).observe(seen);
        TreeMap<Integer, Attempt> siblings = Objects.requireNonNull(attempts.get(id.message()));
        siblings.put(id.number(), after);
        List<Placed> all = observations.computeIfAbsent(id, key -> new ArrayList<>(4));
        all.add(new Placed(++places, id, seen));
        transactions.onRollback(() -> {
            siblings.put(id.number(), before);
            all.remove(all.size() - 1);
        });
        return new Merged(before, after);
    }

    @Override
    public Map<String, AttemptId> owners(Collection<String> sids) {
        return transactions.run(() -> {
            Map<String, AttemptId> known = new HashMap<>();
            for (String sid : sids) {
                AttemptId owner = owners.get(sid);
                if (owner != null) {
                    known.put(sid, owner);
                }
            }
            return known;
        });
    }

    @Override
    public List<Attempt> attempts(MessageId message) {
        return transactions.run(() ->
                List.copyOf(attempts.getOrDefault(message, new TreeMap<>()).values()));
    }

    @Override
    public List<Observation> observations(AttemptId id) {
        return transactions.run(() -> observations.getOrDefault(id, List.of()).stream()
                .map(Placed::seen)
                .toList());
    }

    /** For the log of webhooks: what was seen below this place, the last first. Call it inside the transactions. */
    List<Placed> seenBelow(long place, int limit) {
        return observations.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.place() < place)
                .sorted(Comparator.comparingLong(Placed::place).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public void pollAfter(AttemptId id, Duration wait, int round) {
        transactions.execute(() -> {
            if (find(id) != null) {
                schedule(id, new Due(id, time.instant().plus(wait), round));
            }
        });
    }

    @Override
    public void stopPolling(AttemptId id) {
        transactions.execute(() -> schedule(id, null));
    }

    private void schedule(AttemptId id, @Nullable Due next) {
        Due before = setDue(id, next);
        transactions.onRollback(() -> setDue(id, before));
    }

    private @Nullable Due setDue(AttemptId id, @Nullable Due next) {
        Due before = next == null ? due.remove(id) : due.put(id, next);
        if (before != null) {
            dueOrder.remove(before);
        }
        if (next != null) {
            dueOrder.add(next);
        }
        return before;
    }

    @Override
    public List<Poll> duePolls(int limit) {
        return transactions.run(() -> {
            Instant now = time.instant();
            return dueOrder.stream()
                    .takeWhile(entry -> !entry.at().isAfter(now))
                    .flatMap(entry -> poll(entry).stream())
                    .limit(limit)
                    .toList();
        });
    }

    private Optional<Poll> poll(Due entry) {
        Attempt attempt = find(entry.attempt());
        return Optional.ofNullable(attempt == null ? null : attempt.sid())
                .map(sid -> new Poll(entry.attempt(), sid, entry.round()));
    }

    /** For retention: drops the attempts of a message and what was seen of them. Call it inside the transactions. */
    public void delete(MessageId message) {
        TreeMap<Integer, Attempt> siblings = attempts.remove(message);
        if (siblings == null) {
            return;
        }
        transactions.onRollback(() -> attempts.put(message, siblings));
        for (Attempt attempt : siblings.values()) {
            schedule(attempt.id(), null);
            List<Placed> seen = observations.remove(attempt.id());
            boolean owned = attempt.sid() != null && owners.remove(attempt.sid(), attempt.id());
            transactions.onRollback(() -> {
                if (seen != null) {
                    observations.put(attempt.id(), seen);
                }
                if (owned) {
                    owners.put(Objects.requireNonNull(attempt.sid()), attempt.id());
                }
            });
        }
    }

    /** For retention: empties raw parameters of callbacks, and tells how many. Call it inside the transactions. */
    public int emptyBefore(Instant before, int limit) {
        int emptied = 0;
        for (List<Placed> seen : observations.values()) {
            for (int i = 0; i < seen.size() && emptied < limit; i++) {
                Placed one = seen.get(i);
                Observation bare = one.seen().withoutRaw();
                if (one.seen().at().isBefore(before) && !bare.equals(one.seen())) {
                    int place = i;
                    seen.set(place, new Placed(one.place(), one.attempt(), bare));
                    transactions.onRollback(() -> seen.set(place, one));
                    emptied++;
                }
            }
        }
        return emptied;
    }

    private @Nullable Attempt find(AttemptId id) {
        TreeMap<Integer, Attempt> siblings = attempts.get(id.message());
        return siblings == null ? null : siblings.get(id.number());
    }

    @Override
    public Optional<Duration> nextPoll() {
        return transactions.run(() -> dueOrder.stream()
                .filter(entry -> poll(entry).isPresent())
                .findFirst()
                .map(entry -> Duration.between(time.instant(), entry.at())));
    }
}
