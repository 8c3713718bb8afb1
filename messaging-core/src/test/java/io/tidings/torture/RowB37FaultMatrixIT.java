package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.outbox.MessageView;
import io.tidings.retry.RetryPolicy;
import io.tidings.sandbox.Fault;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every fault of the HTTP call, alone: what cannot be known is held and explained, and nothing goes out twice. */
@ExtendWith(Scoreboard.Keeper.class)
class RowB37FaultMatrixIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Fault.Page HTML = new Fault.Page("text/html", "<html><h1>Bad Gateway</h1></html>");

    /** What a fault must lead to. */
    private enum Expected {
        /** The provider has it, so its callbacks prove it. */
        RESOLVED,
        /** Nobody knows, so it is held, with the reason. */
        HELD,
        /** It goes out with a later attempt. */
        RETRIED,
        /** It ends with the provider's code. */
        FAILED,
        /** It waits for an operator. */
        DEAD
    }

    private static Map<String, Map.Entry<Fault, Expected>> matrix() {
        Map<String, Map.Entry<Fault, Expected>> cases = new LinkedHashMap<>();
        for (int status : new int[] {500, 502, 503, 504, 507, 520, 599, 408}) {
            cases.put(status + ", not created", Map.entry(new Fault.Answer(status, 20500), Expected.HELD));
            cases.put(status + ", created", Map.entry(new Fault.AcceptThenAnswer(status, 20500), Expected.RESOLVED));
        }
        for (int status : new int[] {200, 201, 302, 502}) {
            cases.put(status + " page, not created", Map.entry(new Fault.Answer(status, 0, HTML), Expected.HELD));
            cases.put(
                    status + " page, created",
                    Map.entry(new Fault.AcceptThenAnswer(status, 0, HTML), Expected.RESOLVED));
        }
        cases.put("cut before", Map.entry(new Fault.Cut(Fault.CutPoint.BEFORE_PROCESSING), Expected.HELD));
        cases.put("cut after", Map.entry(new Fault.Cut(Fault.CutPoint.AFTER_PROCESSING), Expected.RESOLVED));
        cases.put("cut amid the answer", Map.entry(new Fault.Cut(Fault.CutPoint.MID_ANSWER), Expected.RESOLVED));
        cases.put("slow, in time", Map.entry(new Fault.Slow(Duration.ofMillis(300)), Expected.RESOLVED));
        cases.put("slow, too late", Map.entry(new Fault.Slow(Duration.ofMillis(2_500)), Expected.RESOLVED));
        cases.put("429", Map.entry(new Fault.Throttle(), Expected.RETRIED));
        cases.put("429 with Retry-After", Map.entry(new Fault.Throttle(Duration.ofSeconds(1)), Expected.RETRIED));
        cases.put("queue full", Map.entry(new Fault.QueueFull(), Expected.RETRIED));
        cases.put("400 bad number", Map.entry(new Fault.Answer(400, 21211), Expected.FAILED));
        cases.put("400 not ours", Map.entry(new Fault.Answer(400, 21606), Expected.DEAD));
        cases.put("403 page", Map.entry(new Fault.Answer(403, 0, HTML), Expected.DEAD));
        cases.put("404 page", Map.entry(new Fault.Answer(404, 0, HTML), Expected.DEAD));
        return cases;
    }

    @Test
    void every_fault_ends_as_it_must(Scoreboard board) {
        long seed = Scale.seed();
        int rounds = Scale.of(1, 20);
        Map<String, Map.Entry<Fault, Expected>> matrix = matrix();
        Scoreboard.Row row =
                board.row("B-37", "faults of the HTTP call", seed).size("%d faults x %d", matrix.size(), rounds);
        List<String> wrong = new ArrayList<>();
        try (Scene scene = Scene.of(seed)
                .twilio(settings -> settings.deadline(Duration.ofMillis(1_200)).connectTimeout(Duration.ofSeconds(1)))
                .tidings(settings ->
                        settings.rates(rates()).retry(RetryPolicy.defaults().scaledBy(0.02)))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            for (int round = 0; round < rounds; round++) {
                matrix.forEach((name, fault) -> {
                    scene.sandbox.faults().next(1, fault.getKey());
                    MessageId id = ledger.send(ledger.message(1));
                    if (!Await.until(PATIENCE, () -> holds(fault.getValue(), scene, id))) {
                        wrong.add(name + ": "
                                + scene.tidings.explain(id).orElseThrow().text());
                    }
                });
            }
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            row.figure("%d wrong, %s", wrong.size(), verdict);

            assertThat(wrong).isEmpty();
            assertThat(verdict.duplicates() + verdict.lost() + verdict.unrecorded() + verdict.stuck())
                    .isZero();
            assertThat(verdict.held()).isEqualTo(count(matrix, Expected.HELD) * rounds);
            assertThat(verdict.accepted())
                    .isEqualTo((count(matrix, Expected.RESOLVED) + count(matrix, Expected.RETRIED)) * rounds);
            assertThat(scene.tidings.standstill()).isEmpty();
            row.passed();
        }
    }

    private static int count(Map<String, Map.Entry<Fault, Expected>> matrix, Expected kind) {
        return (int) matrix.values().stream()
                .filter(fault -> fault.getValue() == kind)
                .count();
    }

    private static boolean holds(Expected expected, Scene scene, MessageId id) {
        MessageView view = scene.tidings.find(id).orElseThrow();
        return switch (expected) {
            case RESOLVED ->
                view.status() == MessageStatus.DELIVERED && view.tries().attempts() == 1;
            case RETRIED ->
                view.status() == MessageStatus.DELIVERED
                        && view.tries().attempts() == 2
                        && view.tries().counted() == 1;
            case HELD ->
                view.status() == MessageStatus.UNCERTAIN
                        && scene.tidings.explain(id).orElseThrow().text().contains("UNCERTAIN");
            case FAILED -> view.status() == MessageStatus.FAILED && reason(view);
            case DEAD -> view.status() == MessageStatus.DEAD && reason(view);
        };
    }

    private static boolean reason(MessageView view) {
        return view.failure() != null
                && !view.failure().explanation().isBlank()
                && !view.failure().advice().isBlank();
    }

    @Test
    void a_rotated_credential_costs_no_message_an_attempt(Scoreboard board) {
        Duration refused = Scale.of(Duration.ofSeconds(3), Duration.ofSeconds(60));
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("B-40", "401 amid a run, then a new credential", seed)
                .size("refused for %d s", refused.toSeconds());
        AtomicReference<CredentialSource> current = new AtomicReference<>();
        try (Scene scene = Scene.of(seed)
                .credentials(sandbox -> {
                    current.set(CredentialSource.fixed(
                            Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()))));
                    return () -> current.get().current();
                })
                .tidings(settings -> settings.rates(rates()))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            ledger.send(600);
            Await.until(PATIENCE, () -> scene.sandbox.log().accepted().size() > 100);
            String token = "0123456789abcdef0123456789abcdef";
            scene.sandbox.rotateAuthToken(token);
            boolean stood = Await.until(
                    Duration.ofSeconds(2), () -> scene.tidings.standstill().isPresent());
            Await.pass(refused);
            int before = scene.sandbox.log().accepted().size();
            int asked = scene.sandbox.log().creates().size();
            current.set(CredentialSource.fixed(Credentials.authToken(scene.sandbox.accountSid(), new Secret(token))));
            long swapped = System.nanoTime();
            boolean resumed =
                    Await.until(PATIENCE, () -> scene.sandbox.log().accepted().size() > before);
            long resuming = (System.nanoTime() - swapped) / 1_000_000;
            boolean delivered = Await.until(PATIENCE, ledger::isDelivered);
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            long burnt = ledger.sent().values().stream()
                    .filter(id -> scene.tidings.find(id).orElseThrow().tries().counted() > 1)
                    .count();
            row.figure("%d creates refused, resumed after %d ms", asked - before, resuming);
            row.figure("%d attempts burnt, %s", burnt, verdict);

            assertThat(stood && resumed && delivered).isTrue();
            assertThat(resuming).isLessThan(5_000);
            assertThat(burnt).isZero();
            assertThat(verdict.accepted()).isEqualTo(verdict.sent());
            assertThat(verdict.duplicates() + verdict.dead() + verdict.held()).isZero();
            row.passed();
        }
    }

    @Test
    void a_full_queue_pauses_its_sender_and_no_other(Scoreboard board) {
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("B-30", "21611 pauses one sender", seed).size("20 refusals, waits x 0.05");
        try (Scene scene = Scene.of(seed)
                .tidings(settings ->
                        settings.rates(rates()).retry(RetryPolicy.defaults().scaledBy(0.05)))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            scene.sandbox.faults().next(20, new Fault.QueueFull());
            for (int i = 0; i < 60; i++) {
                ledger.send(Scene.SENDER, Category.TRANSACTIONAL, 1);
            }
            Await.until(PATIENCE, () -> scene.sandbox.log().creates().size() >= 20);
            int during = scene.sandbox.log().accepted().size();
            long paused = System.nanoTime();
            MessageId other = ledger.send(Scene.OTHER, Category.TRANSACTIONAL, 1);
            boolean free = Await.until(
                    Duration.ofSeconds(2),
                    () -> scene.tidings.find(other).orElseThrow().status() == MessageStatus.DELIVERED);
            long otherTook = (System.nanoTime() - paused) / 1_000_000;
            boolean delivered = Await.until(Duration.ofSeconds(40), ledger::isDelivered);
            double took = (System.nanoTime() - paused) / 1e9;
            Ledger.Verdict verdict = ledger.verdict(scene.sandbox.log());
            row.figure(
                    "%d accepted before the pause, other sender %d ms, all after %.1f s, %s",
                    during, otherTook, took, verdict);

            assertThat(free).isTrue();
            assertThat(delivered).isTrue();
            assertThat(took).isGreaterThan(2.5);
            assertThat(verdict.duplicates() + verdict.dead() + verdict.lost() + verdict.held())
                    .isZero();
            row.passed();
        }
    }

    private static SenderRates rates() {
        return SenderRates.defaults()
                .with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(200))
                .with(new Sender.ShortCode(Scene.OTHER), Rate.perSecond(200));
    }
}
