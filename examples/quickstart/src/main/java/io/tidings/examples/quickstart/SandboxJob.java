package io.tidings.examples.quickstart;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.audit.AuditVerdict;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.dispatch.LookPlan;
import io.tidings.dispatch.SenderRates;
import io.tidings.gate.QuietHours;
import io.tidings.inbound.GapSettings;
import io.tidings.message.AttemptStatus;
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
import io.tidings.sandbox.Hostility;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The main job: a list, the whole system, a simulated Twilio, a report. */
final class SandboxJob {
    static final String SHORT_CODE = "55512";
    /** Storms and restarts are met by the throttle, whose pace is real: so they are not shortened as much as waits. */
    private static final double OUTAGES = 0.05;

    static final Rate PACE = Rate.perSecond(100);
    /** Shorter than the usual 60 and 30 seconds, so that a run that was killed soon goes on. */
    private static final Duration LEASE = Duration.ofSeconds(9);

    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration RECEIPTS_COME_WITHIN = Duration.ofMinutes(15);

    private final Plan plan;
    private final Input input;
    private final Terminal terminal;
    private final TimeSource time;
    private final Keep keep;
    private final AuditProof proof;

    /** Leaves in {@code keep} what must outlive this process. */
    SandboxJob(Plan plan, Input input, Terminal terminal, TimeSource time, Keep keep) {
        this.plan = plan;
        this.input = input;
        this.keep = keep;
        this.proof = new AuditProof(keep.secret(), keep.checkpoints(), keep::keep);
        this.terminal = terminal;
        this.time = time;
    }

    /**
     * How it runs.
     *
     * @param seed decides handsets, the carrier's delays and mishaps, and jitter
     * @param hostility how badly the sandbox behaves: calm, hostile or brutal
     * @param factor what all times are multiplied with: the carrier's delays, mishaps and list lag, our waits and horizons
     */
    record Plan(long seed, String hostility, double factor) {
        Hostility mishaps() {
            Hostility bad = Hostility.named(hostility);
            Hostility outages = bad.scaledBy(Math.max(factor, OUTAGES));
            return bad.scaledBy(factor).withStorms(outages.storms()).withRestarts(outages.restarts());
        }

        RetryPolicy retry() {
            return RetryPolicy.defaults().scaledBy(factor);
        }

        /** An account that stands still is looked at again as soon as the outages are short. */
        DispatchSettings dispatch() {
            DispatchSettings settings = DispatchSettings.defaults();
            long nanos = Math.round(settings.probeInterval().toNanos() * factor);
            return settings.withProbeInterval(Duration.ofNanos(nanos)).withLease(LEASE, DEADLINE);
        }

        LookPlan looks() {
            return LookPlan.standard().scaledBy(factor);
        }

        /** When an unknown outcome is decided without evidence. */
        Duration horizon() {
            return retry().rule(OrderTexts.CATEGORY)
                    .uncertain()
                    .scaledBy(factor)
                    .horizon();
        }
    }

    /** What it is given. */
    record Input(RecipientList list, List<PhoneNumber> optOuts, PriceBook prices) {}

    /** What became of the rows. */
    private record Intake(Map<MessageId, Taken> messages, List<RejectedRow> rejected, int repeated) {}

    private record Taken(String order, @Nullable Money cost) {}

    Verdict run() throws InterruptedException {
        boolean resumed = keep.isResumed();
        try (Carrier carrier = keep.carrier(plan);
                LocalWebhooks webhooks = LocalWebhooks.on(keep.port());
                Tidings tidings = start(carrier, webhooks)) {
            keep.begun(plan.seed(), webhooks.port());
            webhooks.answer(tidings.webhooks());
            announce(resumed);
            prepare(tidings);
            Progress progress = new Progress(tidings, terminal, time);
            Intake intake = takeIn(tidings, progress);
            Duration receipts = Duration.ofMillis(Math.round(RECEIPTS_COME_WITHIN.toMillis() * plan.factor()));
            Duration took = progress.follow(List.copyOf(intake.messages().keySet()), keep.longestRun(), receipts);
            Verdict verdict = report(tidings, carrier, intake, took);
            keep.ended();
            return verdict;
        }
    }

    /** Once, also if a run goes on. */
    private void prepare(Tidings tidings) {
        if (tidings.templates().list("", 1).isEmpty()) {
            tidings.templates().create(OrderTexts.draft());
            input.optOuts().forEach(number -> tidings.optOut(TenantId.DEFAULT, number, "opt-out list"));
        }
    }

    private Tidings start(Carrier carrier, LocalWebhooks webhooks) {
        Credentials credentials = Credentials.authToken(carrier.account(), new Secret(carrier.token()));
        CredentialSource source = CredentialSource.fixed(credentials);
        return Tidings.builder(Twilio.provider(source)
                        .baseUrl(URI.create(carrier.url()))
                        .deadline(DEADLINE)
                        .connectTimeout(DEADLINE)
                        .build())
                .stores(keep.stores(time))
                .from(SHORT_CODE)
                .homeCountry("US")
                .destinations(Destinations.open())
                .prices(input.prices())
                .rates(SenderRates.defaults().with(new Sender.ShortCode(SHORT_CODE), PACE))
                .quietHours(QuietHours.none())
                .dispatch(plan.dispatch())
                .retry(plan.retry())
                .polls(PollPlan.besideCallbacks().scaledBy(plan.factor()))
                .missed(GapSettings.off())
                .looks(plan.looks())
                .secret(proof.secret())
                .audit(proof.settings())
                .publicUrl(webhooks.url(), () -> source.current().authTokens())
                .random(new Random(plan.seed()))
                .start();
    }

    private void announce(boolean resumed) {
        if (resumed) {
            terminal.out().println("A run was begun in this folder: it goes on.");
        }
        terminal.out().printf("Tidings quickstart, seed %d (repeat it with --seed %<d)%n", plan.seed());
        terminal.out()
                .printf(
                        "%d rows, %d opt-outs, %d open countries, one short code at %s (segments).%n",
                        input.list().rows(), input.optOuts().size(), Destinations.open().length, PACE);
        terminal.out()
                .printf(
                        "The carrier is simulated on this machine and %s; nothing leaves it.%n",
                        plan.hostility().equals("calm") ? "calm" : plan.hostility() + " (--calm for a good day)");
        terminal.out()
                .printf(
                        "All times x %s, its delays and mishaps, our waits and horizons: what is unknown is decided after"
                                + " %.1f s, its list lags up to %.2f s.%n%n",
                        plan.factor(),
                        seconds(plan.horizon()),
                        seconds(plan.mishaps().listLag()));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
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

    private Verdict report(Tidings tidings, Carrier carrier, Intake intake, Duration took) {
        Function<List<SentRow>, GroundTruth> log =
                GroundTruth.of(carrier.truth().get());
        List<SentRow> rows = new ArrayList<>();
        intake.messages()
                .forEach((id, taken) -> rows.add(new SentRow(
                        taken.order(), taken.cost(), tidings.explain(id).orElseThrow())));
        GroundTruth truth = log.apply(rows);
        AuditVerdict audit = proof.verify(tidings.audit());
        Verdict verdict = Verdict.of(rows, truth, audit.isIntact());
        Report report = new Report(terminal.out());
        report.table(new Report.Figures(
                input.list().rows(), intake.rejected(), intake.repeated(), rows, truth, verdict, audit, took));
        report.oneByOne(rows, truth);
        exemplary(rows).ifPresent(row -> {
            tidings.refresh(row.view().id());
            report.story(tidings.explain(row.view().id()).orElseThrow());
        });
        return verdict;
    }

    /** One message worth telling about: its outcome was unknown or it needed a second attempt, and it arrived. */
    private static Optional<SentRow> exemplary(List<SentRow> rows) {
        return rows.stream()
                .filter(row -> row.fate() != Fate.REFUSED)
                .max(Comparator.comparingInt(row -> (wasUnknown(row) ? 4 : 0)
                        + Math.min(row.view().tries().attempts(), 2) * 2
                        + (row.view().status() == MessageStatus.DELIVERED ? 1 : 0)));
    }

    private static boolean wasUnknown(SentRow row) {
        return row.story().attempts().stream()
                .flatMap(attempt -> attempt.seen().stream())
                .anyMatch(seen -> seen.status() == AttemptStatus.UNCERTAIN);
    }
}
