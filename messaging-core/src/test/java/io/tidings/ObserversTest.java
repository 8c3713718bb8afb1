package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.inbound.InboundHandler;
import io.tidings.inbound.Reply;
import io.tidings.message.Channel;
import io.tidings.message.Money;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TraceParent;
import io.tidings.outbox.Receipt;
import io.tidings.price.Price;
import io.tidings.price.PriceBook;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import io.tidings.template.TemplateProblemException;
import io.tidings.test.FakeProvider;
import io.tidings.test.Sent;
import io.tidings.test.SignedWebhook;
import io.tidings.test.SteppableTime;
import io.tidings.test.TestTidings;
import io.tidings.test.Times;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who stand around what is taken in, handed over and handled. */
class ObserversTest {
    private static final PhoneNumber ANA = new PhoneNumber("+12025550143");
    private static final TraceParent SPAN =
            new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    @Test
    void a_message_brings_its_span_and_its_campaign_to_the_provider() {
        SteppableTime time = new SteppableTime();
        List<Submission> sent = new ArrayList<>();
        Provider provider = new ForwardingProvider(new FakeProvider(time)) {
            @Override
            public Outcome send(Submission submission) {
                sent.add(submission);
                return super.send(submission);
            }
        };
        try (Tidings tidings = Tidings.builder(provider)
                .from("55512")
                .homeCountry("US")
                .time(time)
                .executor(Runnable::run)
                .observeIntake((messages, rest) -> rest.apply(
                        messages.stream().map(each -> each.withTrace(SPAN)).toList()))
                .build()) {
            tidings.send(OutboundMessage.to(ANA)
                    .text("Spring tyres are in.")
                    .tag("campaign", "spring")
                    .build());
            tidings.runDue();

            assertThat(sent)
                    .extracting(Submission::origin)
                    .containsExactly(new Submission.Origin(SPAN, "spring", null));
        }
    }

    @Test
    void a_span_does_not_make_another_message_of_it() {
        List<TraceParent> spans =
                new ArrayList<>(List.of(SPAN, new TraceParent("5".repeat(32), "6".repeat(16), false)));
        try (TestTidings kit = TestTidings.overFake(settings -> settings.observeIntake((messages, rest) -> {
            TraceParent span = spans.remove(0);
            return rest.apply(
                    messages.stream().map(each -> each.withTrace(span)).toList());
        }))) {
            OutboundMessage message =
                    OutboundMessage.to(ANA).text("Ready.").key("ready-1").build();

            Receipt first = kit.tidings().send(message);
            assertThat(kit.tidings().send(message).id()).isEqualTo(first.id());
        }
    }

    @Test
    void a_report_passes_its_observer_by_whichever_way_it_comes() {
        List<String> seen = new ArrayList<>();
        try (TestTidings kit = TestTidings.overFake(settings -> settings.observeReports((attempt, report, rest) -> {
            boolean known = rest.getAsBoolean();
            seen.add(report.source() + " " + report.status() + " " + known);
            return known;
        }))) {
            kit.tidings().sms(ANA.e164(), "Ready.");
            kit.runDue();
            kit.fake().loseReceipts(Times.once());
            kit.tidings().sms(ANA.e164(), "Ready again.");
            kit.runDue();
            kit.forward(Duration.ofHours(1));

            assertThat(seen).startsWith("CALLBACK DELIVERED true").contains("POLL SENT true");
        }
    }

    @Test
    void an_observer_sees_receipts_and_mistakes() {
        List<Object> seen = new ArrayList<>();
        try (TestTidings kit = TestTidings.overFake(settings -> settings.observeIntake((messages, rest) -> {
            try {
                List<Receipt> receipts = rest.apply(messages);
                seen.addAll(receipts);
                return receipts;
            } catch (RuntimeException e) {
                seen.add(e.getClass());
                throw e;
            }
        }))) {
            Receipt receipt = kit.tidings().sms(ANA.e164(), "Ready.");
            assertThatThrownBy(() -> kit.tidings()
                            .sms()
                            .to(ANA.e164())
                            .template("missing")
                            .send())
                    .isInstanceOf(TemplateProblemException.class);

            assertThat(seen).containsExactly(receipt, TemplateProblemException.class);
        }
    }

    @Test
    void what_the_provider_charged_is_told_once() {
        List<Money> charged = new ArrayList<>();
        PriceBook prices = PriceBook.of(
                List.of(new Price(Channel.SMS, "US", LocalDate.of(2020, 1, 1), Money.of("0.0100", "USD"))));
        try (TestTidings kit = TestTidings.overSandbox(
                sandbox -> sandbox, settings -> settings.prices(prices).onCharge(charged::add))) {
            kit.tidings().sms("+12025550143", "Your car is ready.");
            kit.runDue();
            assertThat(charged).isEmpty();

            kit.forward(Duration.ofHours(3)).runDue();
            assertThat(charged).containsExactly(Money.of("0.0079", "USD"));
        }
    }

    @Test
    void every_handler_is_wrapped_whoever_named_it() {
        List<String> calls = new ArrayList<>();
        try (TestTidings kit =
                TestTidings.overFake(settings -> settings.aroundHandlers(handler -> seeing(calls, handler))
                        .onSms("status", message -> Reply.text("Bay 4."))
                        .onMessage(message -> Reply.none()))) {
            receive(kit, 1, "Status");
            receive(kit, 2, "Anything else");

            assertThat(calls).containsExactly("Status", "Anything else");
            assertThat(kit.sent()).extracting(Sent::text).containsExactly("Bay 4.");
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

    private static InboundHandler seeing(List<String> calls, InboundHandler handler) {
        return message -> {
            calls.add(message.text());
            return handler.handle(message);
        };
    }
}
