package io.tidings.history;

import io.tidings.message.AccountId;
import io.tidings.message.Channel;
import io.tidings.message.Conversation;
import io.tidings.message.InboundMessage;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The in-memory twin of inbound messages. */
public final class MemoryInbound implements InboundStore {
    private final MemoryTransactions transactions;
    private final InstantSource time;
    /** Guarded by the transactions' lock, as all below. */
    private final Map<MessageId, Kept> rows = new HashMap<>();

    private final Map<Sid, MessageId> sids = new HashMap<>();
    private final Map<PhoneNumber, List<MessageId>> people = new HashMap<>();
    private final Map<AccountId, Instant> marks = new HashMap<>();
    /** RECEIVED and CHECKED ones. */
    private final TreeMap<Place, MessageId> open = new TreeMap<>();

    private record Sid(AccountId account, String sid) {}

    private record Place(Instant at, MessageId id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::at).thenComparing(Place::id);

        static Place of(InboundMessage message) {
            return new Place(message.at(), message.id());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private record Kept(
            InboundRow row,
            Map<String, String> raw,
            Instant due,
            @Nullable Instant heldUntil,
            @Nullable Instant repliedAt) {
        boolean isHeld(Instant now) {
            return heldUntil != null && heldUntil.isAfter(now);
        }

        boolean isOpen() {
            return row.state() == InboundState.RECEIVED || row.state() == InboundState.CHECKED;
        }
    }

    /** Joins these transactions and goes by this date. */
    public MemoryInbound(MemoryTransactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    @Override
    public boolean append(InboundMessage message, Map<String, String> raw) {
        return transactions.run(() -> {
            Sid sid = new Sid(message.account(), message.sid());
            if (sids.putIfAbsent(sid, message.id()) != null) {
                return false;
            }
            List<MessageId> person = people.computeIfAbsent(message.from(), number -> new ArrayList<>());
            person.add(message.id());
            transactions.onRollback(() -> {
                sids.remove(sid);
                person.remove(message.id());
            });
            InboundRow row = new InboundRow(message, InboundState.RECEIVED, 0, null);
            put(new Kept(row, Map.copyOf(raw), time.instant(), null, null));
            return true;
        });
    }

    private void put(Kept kept) {
        MessageId id = kept.row().message().id();
        Kept before = set(id, kept);
        transactions.onRollback(() -> set(id, before));
    }

    private @Nullable Kept set(MessageId id, @Nullable Kept kept) {
        Kept before = kept == null ? rows.remove(id) : rows.put(id, kept);
        if (before != null) {
            open.remove(Place.of(before.row().message()));
        }
        if (kept != null && kept.isOpen()) {
            open.put(Place.of(kept.row().message()), id);
        }
        return before;
    }

    @Override
    public List<InboundRow> claim(InboundState state, int limit, Duration lease) {
        return transactions.run(() -> {
            Instant now = time.instant();
            Set<Conversation> blocked = new HashSet<>();
            List<InboundRow> claimed = new ArrayList<>();
            for (MessageId id : List.copyOf(open.values())) {
                Kept kept = Objects.requireNonNull(rows.get(id));
                Conversation conversation = kept.row().message().conversation();
                boolean due = kept.row().state() == state
                        && !kept.due().isAfter(now)
                        && !kept.isHeld(now)
                        && !blocked.contains(conversation);
                if (due && claimed.size() < limit) {
                    claimed.add(hold(kept, now.plus(lease)));
                    blocked.add(conversation);
                } else if (state == InboundState.CHECKED || (kept.row().state() == state && kept.isHeld(now))) {
                    blocked.add(conversation);
                }
            }
            return claimed;
        });
    }

    /** Whether a message from a person is to be worked on by then. */
    public boolean isDue(Instant end) {
        return transactions.run(() -> open.values().stream()
                .map(id -> Objects.requireNonNull(rows.get(id)))
                .anyMatch(kept -> !kept.due().isAfter(end) && !kept.isHeld(end)));
    }

    private InboundRow hold(Kept kept, Instant until) {
        InboundRow row = kept.row();
        InboundRow claimed = new InboundRow(row.message(), row.state(), row.claims() + 1, row.note());
        put(new Kept(claimed, kept.raw(), kept.due(), until, kept.repliedAt()));
        return claimed;
    }

    @Override
    public Optional<InboundRow> claim(MessageId id, Duration lease) {
        return transactions.run(() -> {
            Instant now = time.instant();
            return Optional.ofNullable(rows.get(id))
                    .filter(kept -> kept.row().state() == InboundState.CHECKED && !kept.isHeld(now))
                    .map(kept -> hold(kept, now.plus(lease)));
        });
    }

    @Override
    public boolean move(InboundRow seen, InboundMove move) {
        return transactions.run(() -> {
            Kept kept = rows.get(seen.message().id());
            if (kept == null || kept.row().state() != seen.state() || kept.row().claims() != seen.claims()) {
                return false;
            }
            Instant now = time.instant();
            int claims = move.to() == seen.state() ? seen.claims() : 0;
            InboundRow row = new InboundRow(kept.row().message(), move.to(), claims, move.note());
            put(new Kept(row, kept.raw(), now.plus(move.pause()), null, move.replied() ? now : kept.repliedAt()));
            return true;
        });
    }

    @Override
    public Optional<InboundRow> find(MessageId id) {
        return transactions.run(() -> Optional.ofNullable(rows.get(id)).map(Kept::row));
    }

    @Override
    public Map<String, String> raw(MessageId id) {
        return transactions.run(
                () -> Optional.ofNullable(rows.get(id)).map(Kept::raw).orElse(Map.of()));
    }

    @Override
    public List<InboundRow> inState(InboundState state, int limit) {
        return transactions.run(() -> rows.values().stream()
                .map(Kept::row)
                .filter(row -> row.state() == state)
                .sorted(Comparator.comparing(row -> Place.of(row.message())))
                .limit(limit)
                .toList());
    }

    @Override
    public int replies(Conversation conversation, Duration within) {
        return transactions.run(() -> {
            Instant from = time.instant().minus(within);
            return (int) of(conversation.number()).stream()
                    .filter(kept -> kept.repliedAt() != null && kept.repliedAt().isAfter(from))
                    .filter(kept -> kept.row().message().conversation().equals(conversation))
                    .count();
        });
    }

    private List<Kept> of(PhoneNumber number) {
        return people.getOrDefault(number, List.of()).stream().map(rows::get).toList();
    }

    @Override
    public Optional<Instant> completeUntil(AccountId account) {
        return transactions.run(() -> Optional.ofNullable(marks.get(account)));
    }

    @Override
    public void markComplete(AccountId account, Instant until) {
        transactions.execute(() -> {
            Instant before = marks.get(account);
            if (before == null || until.isAfter(before)) {
                marks.put(account, until);
                transactions.onRollback(() -> {
                    if (before == null) {
                        marks.remove(account);
                    } else {
                        marks.put(account, before);
                    }
                });
            }
        });
    }

    /** For retention: those that are done, oldest first. Call it inside the transactions. */
    public List<InboundRow> doneBefore(Instant before, int limit) {
        return rows.values().stream()
                .map(Kept::row)
                .filter(row ->
                        row.state() == InboundState.DONE && row.message().at().isBefore(before))
                .sorted(Comparator.comparing(row -> Place.of(row.message())))
                .limit(limit)
                .toList();
    }

    /** For retention: drops a message but not its provider's id. Call it inside the transactions. */
    public boolean delete(MessageId id) {
        Kept kept = set(id, null);
        if (kept == null) {
            return false;
        }
        PhoneNumber from = kept.row().message().from();
        List<MessageId> person = Objects.requireNonNull(people.get(from));
        person.remove(id);
        transactions.onRollback(() -> {
            person.add(id);
            set(id, kept);
        });
        return true;
    }

    /** For the log of webhooks: messages with ids below this one, the last first. Call it inside the transactions. */
    List<WebhookStore.Heard> heardBelow(MessageId id, int limit) {
        return rows.values().stream()
                .filter(kept -> kept.row().message().id().compareTo(id) < 0)
                .sorted(Comparator.comparing((Kept kept) -> kept.row().message().id())
                        .reversed())
                .limit(limit)
                .map(kept -> new WebhookStore.Heard(kept.row(), kept.raw()))
                .toList();
    }

    /** For conversations and facts: all messages of a person. Call it inside the transactions. */
    public List<InboundMessage> from(PhoneNumber number) {
        return of(number).stream().map(kept -> kept.row().message()).toList();
    }

    /** For facts: when a person last wrote to this sender on this channel. Call it inside the transactions. */
    public @Nullable Instant lastAt(Sender sender, PhoneNumber number, Channel channel) {
        return from(number).stream()
                .filter(message -> message.channel() == channel)
                .filter(message -> message.to().equals(sender)
                        || sender.equals(message.received().service()))
                .map(InboundMessage::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
