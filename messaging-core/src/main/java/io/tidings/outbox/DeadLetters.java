package io.tidings.outbox;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditSettings;
import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages whose attempts are used up or that wait for somebody to change something, by cause. A replay goes through
 * gates and throttle like every message. Safe for use by many threads.
 */
public final class DeadLetters {
    private static final int MOST = 10_000;
    private static final Failure CLOSED =
            new Failure(0, ErrorKind.NOTICE, "A person closed it as a dead letter.", "Nothing to do.");

    private final Stores stores;
    private final InstantSource time;
    private final Runnable hint;
    private final AuditLog audit;
    private final Tally tally;

    /** Works on these stores; the hint is run after a replay has committed. Acts are recorded as the host's. */
    public DeadLetters(Stores stores, InstantSource time, Runnable hint) {
        this(stores, time, hint, new AuditLog(stores.transactions(), stores.audit(), AuditSettings.defaults(), time));
    }

    /** The same, recording acts in this log. */
    public DeadLetters(Stores stores, InstantSource time, Runnable hint, AuditLog audit) {
        this.stores = stores;
        this.time = time;
        this.hint = hint;
        this.audit = audit;
        this.tally = new Tally(stores.attempts(), stores.doubts());
    }

    /**
     * Dead letters with one cause.
     *
     * @param cause the cause, by the provider's code
     * @param messages which ones, oldest first
     */
    public record Group(Failure cause, List<MessageId> messages) {
        /** Copies the messages. */
        public Group {
            messages = List.copyOf(messages);
        }
    }

    /** All causes, largest group first; at most the 10,000 oldest letters are looked at. */
    public List<Group> groups() {
        Map<Failure, List<MessageId>> byCause = new LinkedHashMap<>();
        for (MessageRow row : stores.history().withStatus(MessageStatus.DEAD, MOST)) {
            Failure cause = row.failure();
            if (cause != null) {
                byCause.computeIfAbsent(cause, key -> new ArrayList<>())
                        .add(row.stored().id());
            }
        }
        return byCause.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .sorted((a, b) ->
                        Integer.compare(b.messages().size(), a.messages().size()))
                .toList();
    }

    /** Puts a dead letter back into the queue with a fresh attempt budget. Returns false if it is none. */
    public boolean replay(MessageId id) {
        return stores.transactions().run(() -> {
            Optional<MessageRow> dead = stores.history().find(id).filter(row -> row.status() == MessageStatus.DEAD);
            dead.ifPresent(row -> {
                decided(row, "a person sent it again");
                reopen(row);
            });
            return dead.isPresent();
        });
    }

    /**
     * Ends a dead letter for good, because a person has dealt with it: it becomes FAILED, or stays what later evidence
     * makes of it. Returns false if it is none.
     */
    public boolean close(MessageId id) {
        return stores.transactions().run(() -> {
            Optional<MessageRow> dead = stores.history().find(id).filter(row -> row.status() == MessageStatus.DEAD);
            dead.ifPresent(row -> {
                decided(row, "a person closed it");
                record(Action.DEAD_LETTER_CLOSED, row);
                stores.history().save(row.with(MessageStatus.FAILED, CLOSED, time.instant()));
            });
            return dead.isPresent();
        });
    }

    /** What a person decides ends a doubt that was left to a person; it is written down in any case. */
    private void decided(MessageRow row, String word) {
        if (row.tries().attempts() > 0) {
            AttemptId newest = new AttemptId(row.stored().id(), row.tries().attempts());
            tally.decided(newest, Observation.Source.OPERATOR, word, time.instant());
        }
    }

    /** Replays all dead letters with this provider code, and returns how many. */
    public int replayAll(int code) {
        return (int) groups().stream()
                .filter(group -> group.cause().code() == code)
                .flatMap(group -> group.messages().stream())
                .filter(this::replay)
                .count();
    }

    private void reopen(MessageRow row) {
        Instant now = time.instant();
        stores.history().remove(row.stored().id());
        stores.outbox()
                .reopen(new QueueRow(
                        row.stored(), QueueRow.State.QUEUED, now, row.tries().renewed(), row.failure()));
        record(Action.DEAD_LETTER_REPLAYED, row);
        stores.transactions().afterCommit(hint);
    }

    private void record(Action action, MessageRow row) {
        audit.act(action)
                .tenant(row.stored().message().tenant())
                .message(row.stored().id())
                .person(row.stored().message().to())
                .detail(
                        "code",
                        row.failure() == null
                                ? ""
                                : Integer.toString(row.failure().code()))
                .record();
    }
}
