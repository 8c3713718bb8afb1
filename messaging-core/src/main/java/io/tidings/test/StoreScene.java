package io.tidings.test;

import io.tidings.analytics.Cell;
import io.tidings.analytics.Delta;
import io.tidings.analytics.Measure;
import io.tidings.consent.ConsentEntry;
import io.tidings.event.EventKind;
import io.tidings.event.EventRow;
import io.tidings.event.Happening;
import io.tidings.gate.FactSource.Question;
import io.tidings.history.AttemptStore.Poll;
import io.tidings.history.DoubtStore.Look;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.history.Observation;
import io.tidings.history.Resolution;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Person;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import io.tidings.outbox.Skip;
import io.tidings.outbox.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One message in every place, and everything that the ports tell about them. */
final class StoreScene {
    static final String SID = "SM" + "a".repeat(32);

    static final Delta COUNTED = new Delta(
            new Cell(TenantId.DEFAULT, StoreContract.LONG_AGO, Category.OTP, Channel.SMS, null),
            Measure.MESSAGES,
            "SENT",
            1);

    static final String OTHER_SID = "SM" + "b".repeat(32);

    final Stores stores;
    /** Not stored yet. */
    final QueueRow fresh;

    final QueueRow waiting;
    final QueueRow sending;
    final QueueRow held;
    final QueueRow ended;
    /** Begun by a node that is gone. */
    final QueueRow orphan;

    final AttemptId polled;
    /** A message from a person. */
    final MessageId heard;

    private final List<QueueRow> all;

    StoreScene(StoreContract contract) {
        stores = contract.stores();
        orphan = contract.begin("node-gone", contract.enqueue());
        stores.work().disown("node-gone");
        waiting = contract.enqueue(message -> message.key("first").tag("order", "42"));
        sending = contract.begin(StoreContract.NODE, contract.enqueue());
        held = contract.begin(StoreContract.NODE, contract.enqueue());
        stores.work().settle(new Settled.Hold(held.attempt()));
        ended = contract.begin(StoreContract.NODE, contract.enqueue());
        stores.work().settle(new Settled.Leave(ended.attempt()));
        stores.history().save(StoreContract.ended(ended, MessageStatus.DEAD));
        polled = ended.attempt();
        stores.attempts().observe(polled, StoreContract.seen(AttemptStatus.QUEUED, SID, 0, 1));
        stores.attempts().pollAfter(polled, Duration.ZERO, 1);
        stores.doubts().lookAfter(held.attempt(), Duration.ZERO, 1);
        stores.doubts().count(Resolution.LIST, 1);
        contract.enqueue(message -> message.from(new Sender.Alphanumeric("Tidings")));
        stores.consent()
                .append(StoreContract.said(ConsentEntry.Kind.OPT_IN, optedIn().number(), 0));
        AuditScene.fill(stores);
        stores.records().events().append(List.of(event("first")));
        stores.records().endpoints().add(List.of("crm"));
        stores.records().deliveries().append(new EventRow(1, event("first"), 1), List.of("crm"));
        heard = StoreContract.id(contract.waiting());
        stores.inbound().append(inbound(heard), Map.of("Body", "hello"));
        stores.attempts().observe(polled, callback());
        fresh = contract.waiting(message -> message.key("second").tag("order", "42"));
        all = List.of(orphan, waiting, sending, held, ended, fresh);
    }

    private static InboundMessage inbound(MessageId id) {
        Received received = new Received(
                "SM" + "e".repeat(32),
                Channel.SMS,
                StoreContract.number(90),
                StoreContract.SENDER,
                null,
                "hello",
                List.of(),
                Map.of(),
                1,
                StoreContract.LONG_AGO);
        return new InboundMessage(id, TenantId.DEFAULT, AccountId.DEFAULT, received);
    }

    static Happening event(String subject) {
        return new Happening(EventKind.MESSAGE_SENT, StoreContract.LONG_AGO, subject, Map.of());
    }

    private static Observation callback() {
        return new Observation(
                AttemptStatus.QUEUED,
                null,
                0,
                null,
                Observation.Source.CALLBACK,
                StoreContract.LONG_AGO,
                Map.of("MessageStatus", "queued"));
    }

    List<Object> everything() {
        List<Object> seen = new ArrayList<>();
        for (QueueRow row : all) {
            AttemptId attempt = new AttemptId(StoreContract.id(row), 1);
            seen.add(stores.outbox().find(StoreContract.id(row)));
            seen.add(stores.history().find(StoreContract.id(row)));
            seen.add(stores.attempts().attempts(StoreContract.id(row)));
            seen.add(stores.attempts().observations(attempt));
            seen.add(stores.decisions().decisions(StoreContract.id(row)));
            Person person = StoreContract.person(row.stored().message().to());
            seen.add(stores.consent().entries(TenantId.DEFAULT, person));
            seen.add(stores.facts()
                    .read(List.of(
                            new Question(StoreContract.id(row), row.stored().message(), person))));
        }
        seen.add(stores.outbox().withKey(TenantId.DEFAULT, "first"));
        seen.add(stores.outbox().withKey(TenantId.DEFAULT, "second"));
        seen.add(stores.outbox().tagged(TenantId.DEFAULT, "order", "42"));
        seen.add(stores.outbox().counts());
        seen.add(stores.consent().keyIds());
        seen.add(stores.history().counts());
        seen.add(stores.history().withStatus(MessageStatus.DEAD, 10));
        seen.add(stores.work().due(StoreContract.QUEUE, 10, Skip.NONE));
        seen.add(stores.work().nextDue(Set.of(StoreContract.QUEUE)).isPresent());
        seen.addAll(AuditScene.everything(stores));
        seen.add(stores.inbound().find(heard));
        seen.add(stores.inbound().raw(heard));
        seen.add(Set.copyOf(stores.records()
                .statistics()
                .sums(TenantId.DEFAULT, StoreContract.LONG_AGO, StoreContract.FAR_FUTURE, Set.of())));
        seen.add(stores.records().tenants().find(TenantId.DEFAULT));
        seen.add(stores.records().search().page(MessageFilter.of(TenantId.DEFAULT), MessageOrder.NEWEST, null, 20));
        seen.add(stores.records().events().counts());
        seen.add(stores.records().deliveries().counts("crm"));
        seen.add(stores.records()
                .endpoints()
                .find("crm")
                .map(state -> (state.failingFor() == null ? "well" : "failing") + state.disabled()));
        seen.add(polls());
        seen.add(stores.attempts().nextPoll().isPresent());
        seen.add(stores.attempts().owners(List.of(SID, OTHER_SID)));
        seen.add(stores.doubts().counts());
        seen.add(looks());
        seen.add(ownableBy("node-probe"));
        seen.add(ownableBy(StoreContract.NODE));
        return seen;
    }

    private List<Poll> polls() {
        return stores.attempts().duePolls(10);
    }

    /** The looks that would be taken, asked in a transaction that leaves no trace. */
    private List<Look> looks() {
        List<Look> looks = new ArrayList<>();
        try {
            stores.transactions().execute(() -> {
                looks.addAll(stores.doubts().take(10, Duration.ofHours(1)));
                throw new Asked();
            });
        } catch (Asked expected) {
            return looks;
        }
        throw new IllegalStateException("the transaction swallowed the exception");
    }

    /** What a node would own, asked in a transaction that leaves no trace. */
    private Set<OwnedSender> ownableBy(String node) {
        List<Set<OwnedSender>> owned = new ArrayList<>();
        try {
            stores.transactions().execute(() -> {
                owned.add(stores.work().own(node, StoreContract.LEASE).senders());
                throw new Asked();
            });
        } catch (Asked expected) {
            return owned.get(0);
        }
        throw new IllegalStateException("the transaction swallowed the exception");
    }

    ConsentEntry optOut() {
        return StoreContract.said(
                ConsentEntry.Kind.OPT_OUT, waiting.stored().message().to(), 0);
    }

    Person optedIn() {
        return StoreContract.person(held.stored().message().to());
    }

    private static final class Asked extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
