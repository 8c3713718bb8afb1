package io.tidings.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.tidings.inbound.Reply;
import io.tidings.message.AttemptId;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.MessageId;
import io.tidings.message.Money;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.WordlessTrace;
import io.tidings.outbox.ReportObserver;
import io.tidings.provider.Submission;
import io.tidings.test.FakeProvider;
import io.tidings.test.SignedWebhook;
import io.tidings.test.TestTidings;
import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What is observed, by the keys that are documented, and never by a number or a text. */
class ObservationsTest {
    private static final PhoneNumber ANA = new PhoneNumber("+12025550143");
    private static final String TEXT = "Your car is ready.";

    private final List<Observation.Context> seen = new ArrayList<>();
    private final ObservationRegistry registry = ObservationRegistry.create();

    ObservationsTest() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                seen.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    @Test
    void taking_in_is_observed_with_what_came_of_it() {
        ObservedIntake observer = new ObservedIntake(registry, null, Optional::empty);
        try (TestTidings kit = TestTidings.overFake(settings -> settings.observeIntake(observer))) {
            String id = kit.tidings().sms(ANA.e164(), TEXT).id().toString();
            kit.tidings().sendAll(List.of(text("+12025550144"), text("+442079460018")));
            assertThatThrownBy(() -> kit.tidings()
                            .sms()
                            .to(ANA.e164())
                            .template("missing")
                            .send())
                    .isInstanceOf(RuntimeException.class);

            assertThat(seen).extracting(Observation.Context::getName).containsOnly("tidings.send");
            assertThat(keys(seen.get(0)))
                    .containsEntry("channel", "sms")
                    .containsEntry("outcome", "stored")
                    .containsEntry("template", "none")
                    .containsEntry("tidings.id", id)
                    .containsEntry("tidings.count", "1");
            assertThat(keys(seen.get(1))).containsEntry("outcome", "mixed").containsEntry("tidings.count", "2");
            assertThat(keys(seen.get(2))).containsEntry("outcome", "failed").containsEntry("template", "missing");
            assertThat(seen.get(2).getError()).isInstanceOf(WordlessTrace.class);
            assertSilent(TidingsObservation.SEND);
        }
    }

    private static OutboundMessage text(String to) {
        return OutboundMessage.to(new PhoneNumber(to)).text(TEXT).build();
    }

    @Test
    void a_handler_is_observed_and_its_message_is_in_the_logs_context() {
        List<String> named = new ArrayList<>();
        try (TestTidings kit = TestTidings.overFake(settings -> settings.aroundHandlers(
                        handler -> new ObservedHandler(handler, registry, null))
                .onSms("status", message -> {
                    named.add(MDC.get("tidings.id"));
                    return Reply.text("Bay 4.");
                })
                .onSms("quiet", message -> Reply.none())
                .onMessage(message -> {
                    throw new IllegalStateException("cannot read " + message.text());
                }))) {
            receive(kit, 1, "Status");
            receive(kit, 2, "Quiet");
            receive(kit, 3, TEXT);

            assertThat(seen)
                    .extracting(context -> keys(context).get("outcome"))
                    .startsWith("answered", "silent", "failed");
            assertThat(named).containsExactly(keys(seen.get(0)).get("tidings.id"));
            assertThat(MDC.get("tidings.id")).isNull();
            assertThat(seen.get(2).getError()).isInstanceOf(WordlessTrace.class);
            assertSilent(TidingsObservation.INBOUND);
        }
    }

    private static void receive(TestTidings kit, int number, String text) {
        kit.tidings()
                .webhooks()
                .handle(SignedWebhook.inbound(
                                URI.create("https://tidings.example.com/inbound"),
                                "SM%032x".formatted(number),
                                ANA.e164(),
                                TestTidings.SENDER,
                                text)
                        .sign(new Secret("the auth token of the fake account")));
        kit.runDue();
    }

    @Test
    void a_report_is_observed_by_what_it_says_and_whether_it_was_recorded() {
        List<BooleanSupplier> rests = new ArrayList<>();
        ObservedReports observer = new ObservedReports(registry, null, message -> Optional.empty());
        ReportObserver both = (attempt, report, rest) -> {
            boolean known = observer.observe(attempt, report, rest);
            rests.add(() -> observer.observe(attempt, report, () -> false));
            return known;
        };
        try (TestTidings kit = TestTidings.overFake(settings -> settings.observeReports(both))) {
            String id = kit.tidings().sms(ANA.e164(), TEXT).id().toString();
            kit.fake().failNext(30_003);
            kit.runDue();

            assertThat(keys(seen.get(0)))
                    .containsEntry("status", "undelivered")
                    .containsEntry("source", "callback")
                    .containsEntry("outcome", "recorded")
                    .containsEntry("error.code", "30003")
                    .containsEntry("tidings.id", id)
                    .containsKey("tidings.sid");
            assertThat(rests.get(0).getAsBoolean()).isFalse();
            assertThat(keys(seen.get(seen.size() - 1))).containsEntry("outcome", "unknown");
            assertSilent(TidingsObservation.STATUS);
        }
    }

    @Test
    void an_answer_to_the_provider_is_observed_by_its_kind_and_its_status() {
        answer("/hooks/status/k1/0.1.0?a=b", 204);
        answer("/hooks/inbound", 200);
        answer("/hooks/inbound", 403);
        answer("/hooks/inbound", 503);
        answer("/hooks/else", 404);
        assertThatThrownBy(() -> new ObservedWebhooks(registry, null)
                        .decorate(request -> {
                            throw new IllegalStateException(ANA.e164());
                        })
                        .apply(request("/hooks/inbound")))
                .isInstanceOf(IllegalStateException.class);

        assertThat(seen)
                .extracting(context ->
                        keys(context).get("kind") + " " + keys(context).get("outcome"))
                .containsExactly(
                        "status taken",
                        "inbound taken",
                        "inbound forbidden",
                        "inbound unavailable",
                        "other refused",
                        "inbound failed");
        assertThat(seen.get(5).getError()).hasMessage(IllegalStateException.class.getName());
        assertSilent(TidingsObservation.WEBHOOK);
    }

    private void answer(String target, int status) {
        Function<WebhookRequest, WebhookResponse> answers = request -> new WebhookResponse(status, "text/plain", "");
        assertThat(new ObservedWebhooks(registry, null)
                        .decorate(answers)
                        .apply(request(target))
                        .status())
                .isEqualTo(status);
    }

    private static WebhookRequest request(String target) {
        return new WebhookRequest("POST", target, Map.of(), new byte[0]);
    }

    @Test
    void a_delivery_names_its_template_and_its_campaign() {
        List<String> campaigns = new ArrayList<>();
        Submission submission = new Submission(
                new AttemptId(new MessageId(new UUID(1, 2)), 1),
                new Sender.ShortCode("55512"),
                ANA,
                new Content.Text(TEXT),
                null,
                null,
                Channel.SMS,
                new Submission.Origin(null, "spring", "spring-sale"));

        new ObservedProvider(new FakeProvider(), registry, null, accepted -> campaigns.add(MDC.get("tidings.campaign")))
                .send(submission);

        assertThat(campaigns).containsExactly("spring");
        assertThat(MDC.get("tidings.campaign")).isNull();
        assertThat(keys(seen.get(0)))
                .containsEntry("template", "spring-sale")
                .containsEntry("tidings.campaign", "spring");
        assertSilent(TidingsObservation.DELIVER);
    }

    @Test
    void a_convention_of_the_hosts_replaces_the_default() {
        SendConvention own = new SendConvention() {
            @Override
            public String getName() {
                return "shop.text";
            }

            @Override
            public KeyValues getLowCardinalityKeyValues(SendContext context) {
                return KeyValues.of("shop", "north");
            }
        };
        try (TestTidings kit = TestTidings.overFake(
                settings -> settings.observeIntake(new ObservedIntake(registry, own, Optional::empty)))) {
            kit.tidings().sms(ANA.e164(), TEXT);

            assertThat(seen).singleElement().satisfies(context -> {
                assertThat(context.getName()).isEqualTo("shop.text");
                assertThat(keys(context)).containsExactlyEntriesOf(Map.of("shop", "north"));
            });
        }
    }

    @Test
    void what_was_charged_is_counted_by_currency() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        CostCounter costs = new CostCounter(meters);

        costs.count(Money.of("0.0079", "USD"));
        costs.count(Money.of("0.0021", "USD"));
        costs.count(Money.of("0.05", "EUR"));

        assertThat(meters.get("tidings.cost").tag("currency", "USD").counter().count())
                .isEqualTo(0.01);
        assertThat(meters.get("tidings.cost").tag("currency", "EUR").counter().count())
                .isEqualTo(0.05);
    }

    /** Exactly the documented keys, and no number and no text among names and values. */
    private void assertSilent(TidingsObservation documented) {
        assertThat(seen).isNotEmpty().allSatisfy(context -> {
            assertThat(context.getName()).isEqualTo(documented.observed());
            assertThat(context.getLowCardinalityKeyValues().stream().map(KeyValue::getKey))
                    .containsExactlyInAnyOrderElementsOf(names(documented.getLowCardinalityKeyNames()));
            assertThat(names(documented.getHighCardinalityKeyNames()))
                    .containsAll(context.getHighCardinalityKeyValues().stream()
                            .map(KeyValue::getKey)
                            .toList());
            assertThat(context.getAllKeyValues() + " " + context.getContextualName() + " " + context.getError())
                    .doesNotContain(ANA.e164().substring(1))
                    .doesNotContain(TEXT);
        });
    }

    private static Map<String, String> keys(Observation.Context context) {
        return context.getAllKeyValues().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static List<String> names(KeyName[] keys) {
        return Arrays.stream(keys).map(KeyName::asString).toList();
    }

    @Test
    void the_page_lists_every_observation_with_its_keys() throws Exception {
        String page = Files.readString(Path.of("../docs/observability.md"));

        for (TidingsObservation each : TidingsObservation.values()) {
            assertThat(page)
                    .contains("| `%s` | %s | %s |"
                            .formatted(
                                    each.observed(),
                                    quoted(each.getLowCardinalityKeyNames()),
                                    quoted(each.getHighCardinalityKeyNames())));
        }
    }

    private static String quoted(KeyName[] keys) {
        return names(keys).stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
    }
}
