package io.tidings.examples.quickstart;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.examples.quickstart.Command.Callbacks;
import io.tidings.examples.quickstart.Command.LiveRun;
import io.tidings.inbound.GapSettings;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TimeSource;
import io.tidings.outbox.DryRun;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Receipt;
import io.tidings.provider.AccountCheck;
import io.tidings.twilio.TwilioProvider;
import io.tidings.webhook.LocalWebhooks;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends exactly one text and proves what became of it. */
final class LiveJob {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final LiveRun run;
    private final LiveSettings settings;
    private final TwilioProvider provider;
    private final double factor;
    private final Terminal terminal;
    private final TimeSource time;

    /** What it is sent over; waits between polls are multiplied with the factor. */
    record Line(LiveSettings settings, TwilioProvider provider, double factor) {}

    LiveJob(LiveRun run, Line line, Terminal terminal, TimeSource time) {
        this.run = run;
        this.settings = line.settings();
        this.provider = line.provider();
        this.factor = line.factor();
        this.terminal = terminal;
        this.time = time;
    }

    /** Whether the text reached the handset, or everything that test credentials can show was seen. */
    boolean run() throws InterruptedException {
        Callbacks callbacks = run.callbacks();
        try (LocalWebhooks webhooks = callbacks == null ? null : LocalWebhooks.on(callbacks.port());
                Tidings tidings = start(callbacks)) {
            if (webhooks != null) {
                webhooks.answer(tidings.webhooks());
            }
            AccountCheck check = tidings.validate();
            terminal.out().println("account " + settings.maskedAccount() + ": " + check.detail());
            boolean test = check.state() == AccountCheck.State.TEST_CREDENTIALS;
            if (check.state() != AccountCheck.State.ACTIVE && !test) {
                terminal.err().println("Nothing was sent.");
                return false;
            }
            OutboundMessage message = OutboundMessage.to(settings.to())
                    .text(settings.text())
                    // Earlier than we stop looking, so that what could not be sent ends with a reason.
                    .expiresAfter(run.patience().multipliedBy(4).dividedBy(5))
                    .build();
            return agreed(tidings.preview(message), test) && send(tidings, message, test);
        }
    }

    private Tidings start(@Nullable Callbacks callbacks) {
        TidingsBuilder builder = Tidings.builder(provider)
                .from(settings.from().address())
                .homeCountry(settings.country())
                .retry(OneText.policy());
        if (callbacks == null) {
            builder.polls(PollPlan.withoutCallbacks().scaledBy(factor));
        } else {
            builder.polls(PollPlan.besideCallbacks().scaledBy(factor));
            builder.missed(GapSettings.off())
                    .publicUrl(
                            callbacks.publicUrl(),
                            () -> settings.credentials().current().authTokens());
        }
        return builder.start();
    }

    private boolean agreed(DryRun preview, boolean test) {
        Receipt would = preview.receipt();
        terminal.out().println("to " + settings.to() + " from " + settings.maskedSender() + ": " + settings.text());
        terminal.out()
                .println(would.segments() + " segment(s), " + would.encoding()
                        + (test || !provider.isLive() ? "; nothing is charged" : "; this text COSTS MONEY"));
        would.warnings().forEach(warning -> terminal.out().println("note: " + warning));
        if (would.isRefused()) {
            terminal.err().println("A gate refuses it: " + would.reason() + ". Nothing was sent.");
            return false;
        }
        if (!run.confirmed() && !terminal.asks()) {
            throw new UsageException("nobody can be asked here; give --yes to send without asking");
        }
        if (!run.confirmed() && !terminal.confirms("Send it?")) {
            terminal.out().println("Nothing was sent.");
            return false;
        }
        return true;
    }

    private boolean send(Tidings tidings, OutboundMessage message, boolean test) throws InterruptedException {
        Instant begun = time.instant();
        MessageId id = tidings.send(message).id();
        MessageView end = await(tidings, id, test);
        LiveReport report = new LiveReport(settings, provider, terminal.out());
        Verdict verdict = report.print(tidings.explain(id).orElseThrow(), begun, test);
        boolean reached = verdict.delivered() == 1 || (test && end.status() == MessageStatus.ACCEPTED);
        terminal.out().println(verdict.line());
        return reached && verdict.duplicates() == 0 && verdict.lost() == 0;
    }

    /** Test credentials bring no status after the first. */
    private MessageView await(Tidings tidings, MessageId id, boolean test) throws InterruptedException {
        long start = time.nanos();
        MessageStatus shown = null;
        MessageView view = tidings.find(id).orElseThrow();
        while (time.nanos() - start < run.patience().toNanos()) {
            if (view.status() != shown) {
                shown = view.status();
                terminal.out().println(time.instant() + "  " + shown);
            }
            if (shown.isTerminal() || (test && shown == MessageStatus.ACCEPTED)) {
                return view;
            }
            view = tidings.await(id, LOOK_EVERY);
        }
        return view;
    }
}
