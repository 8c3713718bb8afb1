package io.tidings.test;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.gate.Decision;
import io.tidings.gate.GateRecord;
import io.tidings.gate.Stage;
import io.tidings.history.Attempt;
import io.tidings.history.MessageRow;
import io.tidings.history.Observation;
import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageIds;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Person;
import io.tidings.message.PersonHash;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * What all contracts of stores have in common. {@link AllStoresContract} runs them, and has the two hooks that the author
 * of a store fills in.
 *
 * <p>The contracts never ask what time it is: dates that they give lie years in the past or in the far future, and
 * everything between is a duration on the store's own clock, which {@link #advance} moves.
 */
abstract class StoreContract {
    static final Instant LONG_AGO = Instant.parse("2020-03-02T09:00:00Z");
    static final Instant FAR_FUTURE = Instant.parse("2199-01-01T00:00:00Z");
    static final Duration LEASE = Duration.ofMinutes(1);
    static final String NODE = "node-a";
    static final String OTHER_NODE = "node-b";
    static final Sender SENDER = new Sender.ShortCode("55512");
    static final SenderKey QUEUE = new SenderKey(AccountId.DEFAULT, SENDER, 0);
    static final Failure LINE_BUSY = new Failure(30003, ErrorKind.RETRY, "The handset was off.", "Nothing to do.");

    private final AllStoresContract author;
    private final MessageIds ids = new MessageIds(InstantSource.fixed(LONG_AGO), new Random(4));
    private @Nullable Stores opened;
    private int made;

    StoreContract(AllStoresContract author) {
        this.author = author;
    }

    final void advance(Duration step) {
        author.advance(step);
    }

    @BeforeEach
    void openStores() {
        opened = author.newStores();
    }

    final Stores stores() {
        if (opened == null) {
            throw new IllegalStateException("the stores are opened before each test");
        }
        return opened;
    }

    /** A text to its own number, due long ago, each newer than the one before. */
    final QueueRow waiting(UnaryOperator<OutboundMessage.Builder> change) {
        Instant at = LONG_AGO.plusSeconds(++made);
        OutboundMessage.Builder message =
                OutboundMessage.to(number(made)).from(SENDER).text("Your parcel " + made + " is on its way.");
        StoredMessage stored = new StoredMessage(
                ids.next(), change.apply(message).build(), AccountId.DEFAULT, 1, at, null, null, null);
        return new QueueRow(stored, QueueRow.State.QUEUED, at, TryCount.NONE, null);
    }

    final QueueRow waiting() {
        return waiting(message -> message);
    }

    static PhoneNumber number(int which) {
        return new PhoneNumber("+1202555%04d".formatted(which));
    }

    /** With one hash, made with the first of two keys. */
    static Person person(PhoneNumber number) {
        return new Person(number, List.of(hash(number, "aaaaaaaa")));
    }

    /** The same after a rotation: the second key is the current one. */
    static Person rotated(PhoneNumber number) {
        return new Person(number, List.of(hash(number, "bbbbbbbb"), hash(number, "aaaaaaaa")));
    }

    private static PersonHash hash(PhoneNumber number, String keyId) {
        String digits = number.e164().substring(1);
        return new PersonHash(keyId, keyId.charAt(0) + "0".repeat(63 - digits.length()) + digits);
    }

    /** What a host recorded of a person about everything. */
    static ConsentEntry said(ConsentEntry.Kind kind, PhoneNumber number, int second) {
        return new ConsentEntry(
                ConsentScope.of(TenantId.DEFAULT),
                number,
                kind,
                Evidence.host("web form").withText("I agree to this."),
                LONG_AGO.plusSeconds(second));
    }

    static Incoming incoming(QueueRow row) {
        return new Incoming(row, null, List.of(passed("expiry")), "fingerprint");
    }

    static GateRecord passed(String gate) {
        return new GateRecord(gate, Stage.ACCEPT, new Decision.Pass("it may go", Map.of("limit", "5")), LONG_AGO);
    }

    static MessageRow ended(QueueRow row, MessageStatus status) {
        return new MessageRow(row.stored(), status, row.tries(), LINE_BUSY, LONG_AGO);
    }

    static MessageId id(QueueRow row) {
        return row.stored().id();
    }

    /** Stores a waiting message. */
    final QueueRow enqueue(UnaryOperator<OutboundMessage.Builder> change) {
        QueueRow row = waiting(change);
        stores().outbox().enqueue(List.of(incoming(row)));
        return row;
    }

    final QueueRow enqueue() {
        return enqueue(message -> message);
    }

    /** Makes the node own what it can, and begins one attempt. */
    final QueueRow begin(String node, QueueRow row) {
        return stores().transactions().run(() -> {
            stores().work().own(node, LEASE);
            QueueRow waiting = stores().outbox().find(id(row)).orElseThrow();
            QueueRow begun = stores().work().begin(node, List.of(waiting)).get(0);
            stores().attempts().begin(List.of(Attempt.begun(begun.attempt(), LONG_AGO)));
            return begun;
        });
    }

    /** Stores an attempt of a message that nobody else knows. */
    final AttemptId begunAttempt() {
        AttemptId attempt = new AttemptId(ids.next(), 1);
        stores().attempts().begin(List.of(Attempt.begun(attempt, LONG_AGO)));
        return attempt;
    }

    static Observation seen(AttemptStatus status, @Nullable String sid, int errorCode, int second) {
        return new Observation(
                status,
                sid,
                errorCode,
                null,
                Observation.Source.CALLBACK,
                LONG_AGO.plusSeconds(second),
                Map.of("MessageStatus", status.name()));
    }
}
