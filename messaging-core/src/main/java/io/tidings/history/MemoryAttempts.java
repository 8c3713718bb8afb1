package io.tidings.history;

import io.tidings.message.AttemptId;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of attempts. */
public final class MemoryAttempts implements AttemptStore {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock, as all below. */
    private final Map<MessageId, TreeMap<Integer, Attempt>> attempts = new HashMap<>();

    private final Map<AttemptId, List<Observation>> observations = new HashMap<>();
    private final Map<String, AttemptId> owners = new HashMap<>();
    private final Map<AttemptId, Due> due = new HashMap<>();
    private final TreeSet<Due> dueOrder =
            new TreeSet<>();

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
            return named == null ? Optional.empty() : Optional.of(merge(ownerOf(named, seen.sid()), seen));
        });
    }

    private Attempt ownerOf(Attempt named, @Nullable String sid) {
        AttemptId owner = sid == null ? named.id() : owners.putIfAbsent(sid, named.id());
        if (owner == null) {
            transactions.onRollback(() -> owners.remove(sid));
            return named;
        }
        return owner.equals(named.id()) ? named : Objects.requireNonNull(find(owner));
    }

    private Merged merge(Attempt before, Observation seen) {
        AttemptId id = before.id();
        Attempt after = before.observe(seen);
        TreeMap<Integer, Attempt> siblings = Objects.requireNonNull(attempts.get(id.message()));
        siblings.put(id.number(), after);
        List<Observation> all = observations.computeIfAbsent(id, key -> new ArrayList<>(4));
        all.add(seen);
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
        return transactions.run(() -> List.copyOf(observations.getOrDefault(id, List.of())));
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
