package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.account.TidingsSecret;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditSettings;
import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
import io.tidings.budget.Budgets;
import io.tidings.consent.ConsentQuestion;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.consent.InboundText;
import io.tidings.dispatch.LookPlan;
import io.tidings.dispatch.SenderRates;
import io.tidings.gate.ContentFlags;
import io.tidings.gate.FrequencyCap;
import io.tidings.gate.QuietHours;
import io.tidings.gate.SendingHours;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Stores;
import io.tidings.outbox.Substituted;
import io.tidings.pumping.PumpingLimits;
import io.tidings.retry.RetryPolicy;
import io.tidings.sandbox.Fault;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.template.TemplateDraft;
import io.tidings.test.FakeProvider;
import io.tidings.test.SignedWebhook;
import io.tidings.test.TestTidings;
import io.tidings.test.Times;
import io.tidings.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A number, a text, a key and secrets that occur nowhere else go through every failure, with every logger at TRACE, and
 * come out at none of the twelve {@linkplain Sink sinks}.
 */
@ExtendWith(Scoreboard.Keeper.class)
class Row39CanaryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final double FACTOR = 0.02;
    private static final PhoneNumber NUMBER = new PhoneNumber("+1" + Canary.NUMBER);
    private static final TidingsSecret SECRET = TidingsSecret.of(new Secret(Canary.SECRET));

    private final long seed = Scale.seed();
    private Canary canary;
    private Reach reach;

    @Test
    void nothing_private_comes_out_at_any_of_the_twelve_sinks(Scoreboard board) throws Exception {
        Scoreboard.Row row = board.row("39", "no private data at 12 sinks", seed);
        try (Canary ears = new Canary()) {
            canary = ears;
            reach = new Reach((type, said) -> ears.hear(Sink.VALUE, type.getName(), said));
            gates();
            fakeFailures();
            brokenProvider();
            brokenStore();
            withAnApiKey();
            faults();
            brutalDay();
            canary.listenToConsole();
            row.size(
                            "%d faults, %d kinds of values",
                            sandboxFaults().size() + createMishaps().size(),
                            reach.types().size())
                    .figure("%s", canary.figures());
            assertThat(canary.isAwake()).as("planted leaks are found").isTrue();
            assertThat(canary.leaks()).as(canary.figures()).isEmpty();
            for (Sink sink : Sink.values()) {
                if (sink != Sink.UNCAUGHT && sink != Sink.CONSOLE) {
                    assertThat(canary.heard(sink)).as("heard at %s", sink).isPositive();
                }
            }
            assertThat(reach.types()).hasSizeGreaterThan(60);
        }
        row.passed();
    }

    private static List<Fault> sandboxFaults() {
        List<Fault> faults = new ArrayList<>();
        for (int status : new int[] {400, 403, 404, 408, 409, 500, 503}) {
            faults.add(new Fault.Answer(status, 20_000 + status));
        }
        for (int code : new int[] {21211, 21610, 21614, 21606, 30007}) {
            faults.add(new Fault.Answer(400, code));
        }
        String echo = "To +1" + Canary.NUMBER + ": " + Canary.BODY;
        faults.add(new Fault.Answer(200, 0, new Fault.Page("text/html", "<p>" + echo + "</p>")));
        faults.add(new Fault.Answer(
                400, 0, new Fault.Page("application/json", "{\"code\":21211,\"message\":\"" + echo + "\"}")));
        faults.add(new Fault.AcceptThenAnswer(500, 20500));
        for (Fault.CutPoint point : Fault.CutPoint.values()) {
            faults.add(new Fault.Cut(point));
        }
        faults.add(new Fault.Slow(Duration.ofMillis(1_500)));
        faults.add(new Fault.Throttle());
        faults.add(new Fault.Answer(401, 20003));
        return faults;
    }

    private static List<Mishap> createMishaps() {
        return java.util.Arrays.stream(Mishap.values())
                .filter(each -> each.name().endsWith("_ACCEPT")
                        || each == Mishap.HALF_ANSWER
                        || each == Mishap.SLOW_ANSWER
                        || each == Mishap.DRIBBLED_ANSWER
                        || each == Mishap.CALLBACK_EARLY)
                .toList();
    }

    private static OutboundMessage.Builder message(String more) {
        return OutboundMessage.to(NUMBER)
                .text(Canary.BODY + more)
                .key(Canary.KEY + more)
                .tenant(new TenantId("t" + more.strip().hashCode()));
    }

    private void settings(TidingsBuilder settings) {
        settings.secret(SECRET)
                .retry(RetryPolicy.defaults().scaledBy(FACTOR))
                .looks(LookPlan.standard().scaledBy(FACTOR))
                .polls(PollPlan.besideCallbacks().scaledBy(FACTOR))
                .pumping(PumpingLimits.off())
                .rates(SenderRates.defaults())
                .lowBalance(
                        io.tidings.message.Money.of("1000000", "USD"), left -> canary.hear(Sink.ALERT, "balance", left))
                .audit(audited());
    }

    private AuditSettings audited() {
        return AuditSettings.defaults()
                .withIntervals(Duration.ofMillis(100), Duration.ofMillis(200))
                .withMirror(entry -> canary.hear(Sink.AUDIT_COPY, "mirror", entry))
                .withCheckpoints(checkpoint -> canary.hear(Sink.AUDIT_COPY, "checkpoint", checkpoint.line()));
    }

    private Scene.Script script() {
        return Scene.of(seed)
                .sandbox(settings -> settings.account(Canary.ACCOUNT, Canary.TOKEN))
                .twilio(settings -> settings.deadline(Duration.ofSeconds(1)).connectTimeout(Duration.ofSeconds(1)))
                .tidings(this::settings);
    }

    private void faults() throws Exception {
        Category[] categories = Category.values();
        Scene scene = script().start();
        try (scene) {
            List<MessageId> ids = new ArrayList<>();
            sandboxFaults().forEach(fault -> scene.sandbox.faults().next(1, fault));
            createMishaps().forEach(mishap -> scene.sandbox.faults().next(1, mishap));
            for (int i = 0; i < sandboxFaults().size() + createMishaps().size(); i++) {
                OutboundMessage message = message(" " + i)
                        .category(categories[i % categories.length])
                        .build();
                answer("message", message);
                answer("preview", scene.tidings.preview(message));
                ids.add(answer("receipt", scene.tidings.send(message)).id());
            }
            untilKnown(scene.tidings, PATIENCE);
            for (MessageId id : ids) {
                look(scene.tidings, id);
                answer("refreshed", scene.tidings.refresh(id));
            }
            letters(scene.tidings);
            consent(scene.tidings);
            mistakes(scene.tidings);
            standstill(scene);
            survey(scene.tidings);
            canary.hear(Sink.VALUE, "sandbox log", scene.sandbox.log().entries());
            canary.hear(Sink.VALUE, "sandbox", scene.sandbox.messages());
        }
        reach.from(scene.tidings);
        reach.from(scene.sandbox);
    }

    /** Waits, no longer than this, until nothing is waiting or in the air. */
    private static void untilKnown(Tidings tidings, Duration most) {
        Await.until(
                most,
                () -> tidings.counts().keySet().stream()
                        .noneMatch(status -> status == MessageStatus.QUEUED || status == MessageStatus.SENDING));
    }

    private void look(Tidings tidings, MessageId id) {
        answer("view", tidings.find(id));
        answer("explanation", tidings.explain(id));
        answer("explained", tidings.explain(id).orElseThrow().text());
        canary.hear(Sink.HEALTH, "standstill", tidings.standstill());
    }

    private <T> T answer(String what, T value) {
        return canary.hear(Sink.ANSWER, what, value);
    }

    private void fails(String what, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as(what).isNotNull();
        canary.hear(Sink.EXCEPTION, what, thrown);
    }

    private void letters(Tidings tidings) {
        List<MessageId> dead = answer("dead letters", tidings.deadLetters().groups()).stream()
                .flatMap(group -> group.messages().stream())
                .toList();
        assertThat(dead).hasSizeGreaterThan(2);
        answer("closed", tidings.deadLetters().close(dead.get(0)));
        answer("replayed", tidings.deadLetters().replay(dead.get(1)));
        answer("replayed", tidings.deadLetters().replayAll(20404));
        dead.forEach(id -> look(tidings, id));
        answer("resent", tidings.resend(dead.get(0)));
    }

    private void consent(Tidings tidings) {
        TenantId tenant = new TenantId("out");
        Sender from = new Sender.ShortCode(Scene.SENDER);
        ConsentScope scope = ConsentScope.of(tenant);
        Evidence evidence = Evidence.host("desk").withText(Canary.BODY);
        tidings.consent().optIn(scope, NUMBER, evidence);
        answer("request", tidings.consent().requestOptIn(scope, NUMBER, from, Evidence.host("desk"), Canary.BODY));
        answer(
                "heard",
                tidings.consent()
                        .hear(InboundText.sms(NUMBER, from, "STOP", "SM" + "1".repeat(32), Instant.EPOCH)
                                .withTenant(tenant)));
        InboundText other = InboundText.sms(NUMBER, from, Canary.BODY, "SM" + "2".repeat(32), Instant.EPOCH);
        answer("said", other);
        answer("heard", tidings.consent().hear(other.withTenant(tenant)));
        tidings.optOut(tenant, NUMBER, "desk");
        answer("entries", tidings.consent().entries(tenant, NUMBER));
        answer(
                "may",
                tidings.consent()
                        .mayContact(new ConsentQuestion(tenant, NUMBER, Category.MARKETING, Channel.SMS, from, null)));
        Receipt refused = answer(
                "refused", tidings.send(message(" refused").tenant(tenant).build()));
        assertThat(refused.status()).isEqualTo(MessageStatus.REFUSED);
        look(tidings, refused.id());
        answer("forgotten", tidings.consent().forget(tenant, NUMBER));
        answer("entries", tidings.consent().entries(tenant, NUMBER));
        fails(
                "no host's evidence",
                () -> tidings.consent()
                        .optIn(scope, NUMBER, new Evidence(Evidence.Source.KEYWORD, "them", null, Canary.KEY, null)));
    }

    private void mistakes(Tidings tidings) {
        String number = Canary.NUMBER;
        fails("bad number", () -> tidings.sms(number + "999999999", Canary.BODY));
        fails("bad number", () -> tidings.sms("call " + number, Canary.BODY));
        fails("too long", () -> tidings.sms("+1" + number, Canary.BODY.repeat(200)));
        fails(
                "no template",
                () -> tidings.sms()
                        .to("+1" + number)
                        .template("missing")
                        .with("name", Canary.BODY)
                        .send());
        fails("broken template", () -> tidings.templates().create(TemplateDraft.of("broken", Canary.BODY + " {{#x}}")));
        tidings.templates().create(TemplateDraft.of("ready", "Hi {{name}}, {{what}}"));
        fails(
                "missing variable",
                () -> tidings.sms()
                        .to("+1" + number)
                        .template("ready")
                        .with("name", Canary.BODY)
                        .send());
        fails(
                "unknown variable",
                () -> tidings.sms()
                        .to("+1" + number)
                        .template("ready")
                        .with("nam", Canary.BODY)
                        .send());
        answer(
                "templated",
                tidings.sms()
                        .to("+1" + number)
                        .template("ready")
                        .with("name", Canary.BODY)
                        .with("what", number)
                        .send());
        answer("first", tidings.send(message("").build()));
        fails(
                "key used twice",
                () -> tidings.send(OutboundMessage.to(NUMBER)
                        .tenant(new TenantId("t0"))
                        .text("other " + Canary.BODY)
                        .key(Canary.KEY)
                        .build()));
        Credentials credentials = Credentials.authToken(Canary.ACCOUNT, new Secret(Canary.TOKEN));
        answer("credentials", credentials);
        answer("credentials", CredentialSource.fixed(credentials));
        fails("no SID", () -> Credentials.authToken(Canary.TOKEN, new Secret(Canary.TOKEN)));
        fails("short secret", () -> TidingsSecret.of(new Secret("quokka")));
        answer("secret", SECRET);
    }

    private void standstill(Scene scene) {
        scene.sandbox.stopListening();
        Receipt waiting = answer(
                "receipt",
                scene.tidings.send(message(" while down").key(Canary.KEY + " 7").build()));
        for (int i = 0; i < 10; i++) {
            scene.tidings.send(message(" while down " + i).build());
        }
        assertThat(Await.until(PATIENCE, () -> scene.tidings.standstill().isPresent()))
                .isTrue();
        canary.hear(Sink.HEALTH, "standstill", scene.tidings.standstill());
        canary.hear(Sink.HEALTH, "check", scene.tidings.validate());
        canary.hear(Sink.HEALTH, "health", scene.tidings.health());
        answer("cancel", scene.tidings.cancel(waiting.id()));
        scene.sandbox.resumeListening();
        assertThat(Await.until(PATIENCE, () -> scene.tidings.standstill().isEmpty()))
                .isTrue();
        canary.hear(Sink.HEALTH, "check", scene.tidings.validate());
    }

    /** What is said about everything at once, and what leaves the store for good. */
    private void survey(Tidings tidings) {
        canary.hear(Sink.COUNT, "counts", tidings.counts());
        canary.hear(Sink.COUNT, "doubts", tidings.doubts());
        canary.hear(Sink.COUNT, "webhooks", tidings.webhooks().counts());
        canary.hear(Sink.COUNT, "audit", tidings.audit().statistics(Instant.EPOCH, Instant.MAX));
        answer("entries", tidings.audit().search(AuditQuery.all()));
        List<AuditEntry> acts = tidings.audit().search(AuditQuery.all().by(Actor.HOST));
        assertThat(acts).isNotEmpty();
        canary.hear(Sink.AUDIT_COPY, "checkpoint", tidings.audit().checkpoint());
        answer("erased", tidings.audit().erase(TenantId.DEFAULT, NUMBER));
        answer("verdict", tidings.audit().verify());
        answer("tidings", tidings);
        canary.threads();
    }

    private void brutalDay() throws Exception {
        int messages = Scale.of(60, 1_000);
        Scene scene = script().start();
        try (scene) {
            scene.sandbox.hostile(Hostility.brutal().scaledBy(0.05));
            List<MessageId> ids = new ArrayList<>();
            List<Category> everyOne = List.of(Category.values());
            for (int i = 0; i < messages; i++) {
                Category category = everyOne.get(i % everyOne.size());
                ids.add(scene.tidings
                        .send(message(" day " + i).category(category).build())
                        .id());
            }
            untilKnown(scene.tidings, Duration.ofSeconds(5 + messages / 10));
            ids.forEach(id -> look(scene.tidings, id));
            survey(scene.tidings);
        }
        reach.from(scene.tidings);
        reach.from(scene.sandbox);
    }

    private void withAnApiKey() throws Exception {
        Scene scene = script().credentials(sandbox -> {
                    canary.guard(sandbox.apiKeySid(), sandbox.apiKeySecret());
                    return CredentialSource.fixed(answer(
                            "credentials",
                            Credentials.apiKey(
                                    Canary.ACCOUNT, sandbox.apiKeySid(), new Secret(sandbox.apiKeySecret()))));
                })
                .start();
        try (scene) {
            scene.sandbox.faults().next(1, new Fault.Answer(401, 20003));
            MessageId id = answer(
                            "receipt", scene.tidings.send(message(" with a key").build()))
                    .id();
            untilKnown(scene.tidings, PATIENCE);
            look(scene.tidings, id);
        }
        reach.from(scene.tidings);
    }

    private void gates() throws Exception {
        Budgets budgets = Budgets.none()
                .with(BudgetLimit.everyone(BudgetLimit.Period.DAY, Allowance.messages(2)))
                .withAlerts(alert -> canary.hear(Sink.ALERT, "budget", alert), List.of(50, 100));
        ContentFlags flags = ContentFlags.none().with("birds", ContentFlags.Action.REFUSE, Canary.BODY);
        List<UnaryOperator<TidingsBuilder>> each = List.of(
                settings -> settings.budgets(budgets),
                settings -> settings.contentFlags(flags, finding -> canary.hear(Sink.ALERT, "content", finding)),
                settings -> settings.frequencyCaps(FrequencyCap.marketing(1, Duration.ofDays(1))),
                settings -> settings.quietHours(
                        QuietHours.defaults().with(Category.TRANSACTIONAL, SendingHours.between(3, 4))),
                settings -> settings.pumping(PumpingLimits.defaults().withMost(1, 2, 2)),
                settings -> settings.destinations("GB"),
                settings -> settings.backlog(1, 1),
                settings -> settings.sendCheck(candidate -> {
                    canary.hear(Sink.ANSWER, "candidate", candidate);
                    throw BrokenProvider.leaky();
                }),
                settings -> settings.gate(new io.tidings.gate.Gate() {
                    @Override
                    public String name() {
                        return "host";
                    }

                    @Override
                    public io.tidings.gate.Decision check(io.tidings.gate.GateRequest request) {
                        canary.hear(Sink.ANSWER, "request", request);
                        throw BrokenProvider.leaky();
                    }
                }));
        for (UnaryOperator<TidingsBuilder> one : each) {
            TestTidings kit = TestTidings.overFake(
                    settings -> one.apply(settings.secret(SECRET).audit(audited())));
            try (kit) {
                for (Category category : Category.values()) {
                    for (int i = 0; i < 3; i++) {
                        OutboundMessage message = message(" gate " + category + i)
                                .category(category)
                                .tenant(TenantId.DEFAULT)
                                .expiresAfter(Duration.ofMinutes(30))
                                .build();
                        answer("preview", kit.tidings().preview(message));
                        Receipt receipt = answer("receipt", kit.tidings().send(message));
                        kit.runDue();
                        look(kit.tidings(), receipt.id());
                    }
                }
                answer(
                        "again",
                        kit.tidings()
                                .send(message(" gate OTP0")
                                        .key(Canary.KEY + "again")
                                        .category(Category.OTP)
                                        .tenant(TenantId.DEFAULT)
                                        .build()));
                kit.forward(Duration.ofHours(1)).runDue();
                answer("sent", kit.sent());
                survey(kit.tidings());
            }
            reach.from(kit);
        }
    }

    private void fakeFailures() throws Exception {
        TestTidings kit = TestTidings.overFake(
                settings -> settings.secret(SECRET).audit(audited()).pumping(PumpingLimits.off()));
        try (kit) {
            FakeProvider fake = kit.fake();
            List<Runnable> failures = List.of(
                    () -> fake.failNext(30003),
                    () -> fake.failNext(30007),
                    () -> fake.failNext(21610),
                    () -> fake.failNext(63016),
                    () -> fake.throttleNext(Times.once()),
                    () -> fake.refuseConnections(Times.once()),
                    () -> fake.loseAnswers(Times.once()),
                    () -> fake.loseRequests(Times.once()),
                    () -> fake.loseReceipts(Times.once()));
            List<MessageId> ids = new ArrayList<>();
            for (Category category : Category.values()) {
                for (int i = 0; i < failures.size(); i++) {
                    failures.get(i).run();
                    ids.add(kit.tidings()
                            .send(message(" fake " + category + i)
                                    .category(category)
                                    .build())
                            .id());
                    kit.runDue();
                }
            }
            kit.forward(Duration.ofDays(2)).runDue();
            ids.forEach(id -> look(kit.tidings(), id));
            answer("sent", kit.sent());
            survey(kit.tidings());
        }
        reach.from(kit);
    }

    /** An exception of a foreign client, and webhooks that are forged, malformed or both. */
    private void brokenProvider() throws Exception {
        BrokenProvider broken = new BrokenProvider();
        Secret token = new Secret(Canary.TOKEN);
        URI url = URI.create("https://example.com/tidings");
        TidingsBuilder builder =
                Tidings.builder(broken).from(Scene.SENDER).homeCountry("US").publicUrl(url, () -> List.of(token));
        settings(builder);
        Tidings tidings = builder.start();
        try (tidings) {
            MessageId id = tidings.send(
                            message(" broken").category(Category.OTP).build())
                    .id();
            assertThat(Await.until(PATIENCE, () -> !broken.callbacks.isEmpty())).isTrue();
            Await.until(
                    Duration.ofSeconds(2),
                    () -> tidings.find(id).orElseThrow().status().isTerminal());
            look(tidings, id);
            canary.hear(Sink.HEALTH, "check", tidings.validate());
            URI callback = broken.callbacks.remove();
            for (URI target :
                    List.of(callback, URI.create(url + "/cb/" + Canary.NUMBER), URI.create(url + "/inbound"))) {
                for (String status : List.of("sent", Canary.BODY, "undelivered")) {
                    for (Secret signer : List.of(token, new Secret("another token"))) {
                        webhook(tidings, target, status, signer);
                    }
                }
            }
            look(tidings, id);
            survey(tidings);
        }
        reach.from(tidings);
    }

    private void webhook(Tidings tidings, URI target, String status, Secret signer) {
        SignedWebhook signed = SignedWebhook.status(target, "SM" + "0b".repeat(16), status)
                .with("To", "+1" + Canary.NUMBER)
                .with("From", "+1" + Canary.NUMBER)
                .with("Body", Canary.BODY)
                .with("ErrorCode", status.equals("undelivered") ? "30005" : Canary.NUMBER)
                .with("ErrorMessage", "To +1" + Canary.NUMBER + " failed: " + Canary.BODY);
        Map<String, List<String>> headers = Map.of(
                "X-Twilio-Signature", List.of(signed.signature(signer)),
                "Content-Type", List.of("application/x-www-form-urlencoded"));
        for (byte[] body : List.of(signed.body(), (Canary.BODY + "=%zz&&To").getBytes(StandardCharsets.UTF_8))) {
            WebhookRequest request = new WebhookRequest("POST", target.getPath(), headers, body);
            answer("request", request);
            var response = answer("response", tidings.webhooks().handle(request));
            answer("body", response.body());
        }
    }

    /** A store that fails as databases do: with the key in its words. */
    private void brokenStore() throws Exception {
        AtomicBoolean breaks = new AtomicBoolean();
        Stores sound = Stores.inMemory(TimeSource.system());
        Stores stores = Substituted.facts(sound, questions -> {
            if (breaks.get()) {
                throw BrokenProvider.leaky();
            }
            return sound.facts().read(questions);
        });
        TidingsBuilder builder =
                Tidings.builder(new FakeProvider()).from(Scene.SENDER).homeCountry("US");
        settings(builder);
        Tidings tidings = builder.stores(stores).start();
        try (tidings) {
            int before = canary.heard(Sink.LOG);
            MessageId id = tidings.transactions().run(() -> {
                MessageId sent = tidings.send(message(" store").build()).id();
                breaks.set(true);
                return sent;
            });
            assertThat(Await.until(PATIENCE, () -> canary.heard(Sink.LOG) > before))
                    .isTrue();
            breaks.set(false);
            assertThat(Await.until(
                            PATIENCE, () -> tidings.find(id).orElseThrow().status() == MessageStatus.ACCEPTED))
                    .isTrue();
            look(tidings, id);
        }
        reach.from(tidings);
    }
}
