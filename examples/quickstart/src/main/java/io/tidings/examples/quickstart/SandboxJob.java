package io.tidings.examples.quickstart;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.dispatch.SenderRates;
import io.tidings.inbound.GapSettings;
import io.tidings.message.KeyConflictException;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Receipt;
import io.tidings.price.PriceBook;
import io.tidings.retry.RetryPolicy;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.Sandbox;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.LocalWebhooks;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The main job: a list, the whole system, a simulated Twilio, a report. */
final class SandboxJob {
    private static final String SHORT_CODE = "55512";
    private static final Rate PACE = Rate.perSecond(100);
    private static final Duration LONGEST_RUN = Duration.ofSeconds(45);
    private static final Duration RECEIPTS_COME_WITHIN = Duration.ofMinutes(15);

    private final Plan plan;
    private final Input input;
    private final Terminal terminal;
    private final TimeSource time;

    SandboxJob(Plan plan, Input input, Terminal terminal, TimeSource time) {
        this.plan = plan;
        this.input = input;
        this.terminal = terminal;
        this.time = time;
    }

    /**
     * How it runs.
     *
     * @param seed decides handsets, the carrier's delays and jitter
     * @param factor what the carrier's delays and our waits of retry and polls are multiplied with
     */
    record Plan(long seed, double factor) {}

    /** What it is given. */
    record Input(RecipientList list, List<PhoneNumber> optOuts, PriceBook prices) {}

    /** What became of the rows. */
    private record Intake(Map<MessageId, Taken> messages, List<RejectedRow> rejected, int repeated) {}

    private record Taken(String order, @Nullable Money cost) {}

    Verdict run() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder()
                        .seed(plan.seed())
                        .sender(SHORT_CODE, PACE.perSecond())
                        .delays(Delays.realistic().times(plan.factor()))
                        .start();
                LocalWebhooks webhooks = LocalWebhooks.on(0);
                Tidings tidings = start(sandbox, webhooks)) {
            webhooks.answer(tidings.webhooks());
            announce();
            tidings.templates().create(OrderTexts.draft());
            input.optOuts().forEach(number -> tidings.optOut(TenantId.DEFAULT, number, "opt-out list"));
            Progress progress = new Progress(tidings, terminal, time);
            Intake intake = takeIn(tidings, progress);
            Duration receipts = Duration.ofMillis(Math.round(RECEIPTS_COME_WITHIN.toMillis() * plan.factor()));
            Duration took = progress.follow(List.copyOf(intake.messages().keySet()), LONGEST_RUN, receipts);
            return report(tidings, sandbox, intake, took);
        }
    }

    private Tidings start(Sandbox sandbox, LocalWebhooks webhooks) {
        Credentials credentials = Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()));
        CredentialSource source = CredentialSource.fixed(credentials);
        return Tidings.builder(Twilio.provider(source)
                        .baseUrl(URI.create(sandbox.url()))
                        .build())
                .from(SHORT_CODE)
                .homeCountry("US")
                .destinations(Destinations.open())
                .prices(input.prices())
                .rates(SenderRates.defaults().with(new Sender.ShortCode(SHORT_CODE), PACE))
                .retry(RetryPolicy.defaults().scaledBy(plan.factor()))
                .polls(PollPlan.besideCallbacks().scaledBy(plan.factor()))
                .missed(GapSettings.off())
                .publicUrl(webhooks.url(), () -> source.current().authTokens())
                .random(new Random(plan.seed()))
                .start();
    }

    private void announce() {
        terminal.out().printf("Tidings quickstart, seed %d (repeat it with --seed %<d)%n", plan.seed());
        terminal.out()
                .printf(
                        "%d rows, %d opt-outs, %d open countries, one short code at %s (segments).%n",
                        input.list().rows(), input.optOuts().size(), Destinations.open().length, PACE);
        terminal.out()
                .printf(
                        "The carrier is simulated on this machine; nothing leaves it. Its delays and our waits x %s.%n%n",
                        plan.factor());
    }

    private Intake takeIn(Tidings tidings, Progress progress) {
        Map<MessageId, Taken> messages = new LinkedHashMap<>();
        List<RejectedRow> rejected = new ArrayList<>(input.list().rejected());
        int repeated = 0;
        for (Recipient recipient : input.list().recipients()) {
            progress.glance();
            try {
                Receipt receipt = tidings.send(OrderTexts.to(recipient));
                Taken taken = new Taken(recipient.order(), receipt.estimatedCost());
                if (messages.putIfAbsent(receipt.id(), taken) != null) {
                    repeated++;
                }
            } catch (KeyConflictException e) {
                rejected.add(new RejectedRow(
                        recipient.line(), RejectedRow.Kind.ORDER_REUSED, "this order was announced to somebody else"));
            }
        }
        return new Intake(messages, rejected, repeated);
    }

    private Verdict report(Tidings tidings, Sandbox sandbox, Intake intake, Duration took) {
        List<SentRow> rows = new ArrayList<>();
        intake.messages()
                .forEach((id, taken) -> rows.add(new SentRow(
                        taken.order(), taken.cost(), tidings.find(id).orElseThrow())));
        GroundTruth truth = GroundTruth.read(sandbox.log(), rows);
        Verdict verdict = Verdict.of(rows, truth);
        Report report = new Report(terminal.out());
        report.table(new Report.Figures(
                input.list().rows(), intake.rejected(), intake.repeated(), rows, truth, verdict, took));
        exemplary(rows).flatMap(row -> tidings.explain(row.view().id())).ifPresent(report::story);
        return verdict;
    }

    /** One message worth telling about: it needed a second attempt and arrived, if there is such a one. */
    private static Optional<SentRow> exemplary(List<SentRow> rows) {
        return rows.stream()
                .filter(row -> row.fate() != Fate.REFUSED)
                .max(Comparator.comparingInt(row -> Math.min(row.view().tries().attempts(), 2) * 2
                        + (row.view().status() == MessageStatus.DELIVERED ? 1 : 0)));
    }
}
