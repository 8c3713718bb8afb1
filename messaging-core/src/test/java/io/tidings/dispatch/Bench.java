package io.tidings.dispatch;

import io.tidings.consent.OptOutGate;
import io.tidings.gate.BacklogGate;
import io.tidings.gate.CheckRule;
import io.tidings.gate.ExpiryGate;
import io.tidings.gate.Gate;
import io.tidings.gate.Gates;
import io.tidings.gate.RepeatGate;
import io.tidings.history.Observation;
import io.tidings.message.AccountId;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.MessageIds;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.DeadLetters;
import io.tidings.outbox.Intake;
import io.tidings.outbox.Messages;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Preparation;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.price.PriceBook;
import io.tidings.provider.Accounts;
import io.tidings.retry.RetryPolicy;
import io.tidings.template.TemplateStore;
import io.tidings.template.Templates;
import io.tidings.test.SteppableTime;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A whole system on stepped time with a scripted provider, everything on the test's thread. */
final class Bench {
    private static final Duration SLICE = Duration.ofMillis(100);
    static final Sender.ShortCode SENDER = new Sender.ShortCode("55512");

    final SteppableTime time = new SteppableTime();
    final ScriptedProvider provider = new ScriptedProvider();
    final Stores stores = Stores.inMemory(time);
    final Random random = new Random(1);
    final Settler settler;
    final Messages messages = new Messages(stores, time);
    final DeadLetters deadLetters = new DeadLetters(stores, time, () -> {});
    final Gates gates;
    final Intake intake;
    final WorkerSetup setup;
    final Worker worker;

    Bench() {
        this(RetryPolicy.defaults());
    }

    Bench(RetryPolicy retry) {
        this(
                retry,
                SenderRates.defaults().with(SENDER, Rate.perSecond(100)),
                DispatchSettings.defaults(),
                stores -> List.of(),
                null);
    }

    Bench(SenderRates rates, DispatchSettings settings, List<Gate> more) {
        this(RetryPolicy.defaults(), rates, settings, stores -> more, null);
    }

    /** A system with gates that read these stores, and a check of the host's. */
    static Bench with(Function<Stores, List<Gate>> more, @Nullable CheckRule check) {
        return new Bench(
                RetryPolicy.defaults(),
                SenderRates.defaults().with(SENDER, Rate.perSecond(100)),
                DispatchSettings.defaults(),
                more,
                check);
    }

    private Bench(
            RetryPolicy retry,
            SenderRates rates,
            DispatchSettings settings,
            Function<Stores, List<Gate>> more,
            @Nullable CheckRule check) {
        settler = new Settler(stores, retry, PollPlan.besideCallbacks().withPrices(), time, random);
        List<Gate> all = new java.util.ArrayList<>(List.of(
                new ExpiryGate(),
                new OptOutGate(),
                new RepeatGate(Duration.ofHours(1)),
                new BacklogGate(100_000, 100_000)));
        all.addAll(more.apply(stores));
        Gates asked = new Gates(all, Duration.ofSeconds(30));
        gates = check == null ? asked : asked.with(check);
        MessageIds ids = new MessageIds(time, random);
        intake = new Intake(
                stores,
                gates,
                new Preparation(
                        ids, Accounts.orHouse(), SENDER, new Templates(TemplateStore.inMemory()), PriceBook.unknown()),
                time,
                () -> {});
        setup = new WorkerSetup(
                stores,
                settler,
                gates,
                Map.of(AccountId.DEFAULT, provider),
                null,
                settings,
                rates,
                PollPlan.besideCallbacks().withPrices(),
                LookPlan.standard(),
                time,
                Runnable::run);
        worker = new Worker(setup);
    }

    static OutboundMessage.Builder to(int number) {
        return OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(number)))
                .text("Your order " + number + " is ready.");
    }

    Receipt send(OutboundMessage.Builder message) {
        return intake.take(message.build());
    }

    /** Steps time in slices of at most 100 ms and does what is due in each. */
    void forward(Duration step) {
        Duration left = step;
        while (!left.isZero()) {
            Duration slice = left.compareTo(SLICE) > 0 ? SLICE : left;
            time.forward(slice);
            left = left.minus(slice);
            worker.runDue();
        }
    }

    /** Steps through long spans in slices of ten seconds. */
    void leap(Duration step) {
        for (Duration passed = Duration.ZERO; passed.compareTo(step) < 0; passed = passed.plusSeconds(10)) {
            time.forward(Duration.ofSeconds(10));
            worker.runDue();
        }
    }

    MessageStatus status(MessageId id) {
        return messages.find(id).orElseThrow().status();
    }

    void report(AttemptId attempt, AttemptStatus status, int errorCode) {
        settler.report(
                attempt,
                new Observation(status, null, errorCode, null, Observation.Source.CALLBACK, time.instant(), Map.of()));
    }
}
