package io.tidings.outbox;

import io.tidings.gate.Gate;
import io.tidings.gate.Gates;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.MessageIds;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.price.PriceBook;
import io.tidings.provider.Accounts;
import io.tidings.provider.Outcome;
import io.tidings.retry.RetryPolicy;
import io.tidings.template.TemplateStore;
import io.tidings.template.Templates;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The queue and all around it but the dispatcher: a test begins and answers attempts itself. */
final class OutboxScene {
    static final Sender SENDER = new Sender.ShortCode("55512");
    private static final String NODE = "node";

    final SteppableTime time = new SteppableTime();
    final Stores stores = Stores.inMemory(time);
    final Messages messages = new Messages(stores, time);
    final Preparation preparation;
    final Settler settler;
    int hints;
    final DeadLetters deadLetters = new DeadLetters(stores, time, () -> hints++);
    final Intake intake;

    OutboxScene(Gate... gates) {
        Random random = new Random(3);
        settler = new Settler(stores, RetryPolicy.defaults(), PollPlan.besideCallbacks(), time, random);
        preparation = new Preparation(
                new MessageIds(time, random),
                Accounts.orHouse(),
                SENDER,
                new Templates(TemplateStore.inMemory()),
                PriceBook.unknown());
        intake = intake(stores, gates);
    }

    Intake intake(Stores over, Gate... gates) {
        return new Intake(over, new Gates(List.of(gates), Duration.ofSeconds(30)), preparation, time, () -> hints++);
    }

    static OutboundMessage.Builder to(int number) {
        return OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(number)))
                .text("Your order " + number + " is ready.");
    }

    MessageId send(OutboundMessage.Builder message) {
        return intake.take(message.build()).id();
    }

    /** Begins an attempt of a waiting message. */
    AttemptId begun(MessageId id) {
        return stores.transactions().run(() -> {
            stores.work().own(NODE, Duration.ofDays(1));
            QueueRow row = stores.outbox().find(id).orElseThrow();
            AttemptId attempt = stores.work().begin(NODE, List.of(row)).get(0).attempt();
            stores.attempts().begin(List.of(Attempt.begun(attempt, time.instant())));
            return attempt;
        });
    }

    /** Begins an attempt and answers it. */
    AttemptId answered(MessageId id, Outcome outcome) {
        AttemptId attempt = begun(id);
        settler.outcome(attempt, outcome);
        return attempt;
    }

    void report(AttemptId attempt, AttemptStatus status, int errorCode) {
        report(attempt, status, errorCode, null);
    }

    void report(AttemptId attempt, AttemptStatus status, int errorCode, @Nullable String sid) {
        settler.report(
                attempt,
                new Observation(status, sid, errorCode, null, Observation.Source.CALLBACK, time.instant(), Map.of()));
    }

    static Outcome accepted() {
        return new Outcome.Accepted("SM" + "1".repeat(32), AttemptStatus.QUEUED);
    }

    MessageStatus status(MessageId id) {
        return messages.find(id).orElseThrow().status();
    }
}
