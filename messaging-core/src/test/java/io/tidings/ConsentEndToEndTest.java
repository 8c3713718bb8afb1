package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.account.TidingsSecret;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.consent.InboundText;
import io.tidings.consent.KeywordAction;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.PollPlan;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Stores;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxMessage;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** STOP, HELP and START with a handset of the sandbox, whose own opt-out handling is Twilio's. */
class ConsentEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LONG = "+12025550100";
    private static final String FREE = "+18335550100";
    private static final String CODE = "55512";
    private static final PhoneNumber PERSON = new PhoneNumber("+12025550143");
    private static final TidingsSecret SECRET = TidingsSecret.of(new Secret("a secret of enough characters, one"));

    private final Sandbox sandbox = Sandbox.builder()
            .seed(33)
            .sender(LONG, 1000)
            .sender(FREE, 1000)
            .sender(CODE, 1000)
            .handsets(HandsetProfile.allDelivered())
            .delays(Delays.realistic().times(0.02))
            .start();
    private final Stores stores = Stores.inMemory(TimeSource.system());
    private final Tidings tidings = builder().secret(SECRET).start();

    private TidingsBuilder builder() {
        Credentials credentials = Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()));
        return Tidings.builder(Twilio.provider(CredentialSource.fixed(credentials))
                        .baseUrl(URI.create(sandbox.url()))
                        .build())
                .stores(stores)
                .homeCountry("US")
                .polls(PollPlan.withoutCallbacks().scaledBy(0.05))
                .rates(SenderRates.defaults()
                        .with(sender(LONG), Rate.perSecond(500))
                        .with(sender(FREE), Rate.perSecond(500))
                        .with(sender(CODE), Rate.perSecond(500)));
    }

    @AfterEach
    void close() {
        tidings.close();
        sandbox.close();
    }

    private static Sender sender(String address) {
        return Sender.parse(address, "US");
    }

    /** What the handset sends, and what comes of it: the answer is sent in the same transaction. */
    private KeywordAction texts(String sender, String words) {
        String sid = sandbox.reply(PERSON.e164(), sender, words).orElseThrow();
        return tidings.transactions().run(() -> {
            KeywordAction action = tidings.consent()
                    .hear(InboundText.sms(
                            PERSON,
                            sender(sender),
                            words,
                            sid,
                            TimeSource.system().instant()));
            OutboundMessage answer = action.reply();
            if (answer != null) {
                tidings.send(answer);
            }
            return action;
        });
    }

    private Receipt send(String sender, String text) {
        return tidings.send(
                OutboundMessage.to(PERSON).from(sender(sender)).text(text).build());
    }

    private MessageStatus delivered(MessageId id) throws InterruptedException {
        return tidings.await(id, PATIENCE).status();
    }

    /** Texts of Twilio's own, and those that came through the API. */
    private List<String> directions() {
        return sandbox.messages().stream()
                .map(SandboxMessage::direction)
                .filter(direction -> direction.startsWith("outbound"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {LONG, FREE})
    void where_Twilio_answers_STOP_the_person_gets_one_answer_and_it_is_Twilios(String sender) {
        assertThat(texts(sender, "STOP")).isInstanceOf(KeywordAction.Stopped.class);

        assertThat(send(sender, "Our offer.").status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(directions()).containsExactly("outbound-reply");
        assertThat(tidings.counts()).containsOnlyKeys(MessageStatus.REFUSED);
    }

    @Test
    void where_Twilio_does_not_answer_the_mandatory_answer_is_ours_and_goes_out_once() throws Exception {
        texts(CODE, "STOP");
        MessageId answer = tidings.find(
                        TenantId.DEFAULT, "consent/" + sandbox.messages().get(0).sid())
                .orElseThrow()
                .id();

        assertThat(delivered(answer)).isEqualTo(MessageStatus.DELIVERED);
        assertThat(send(CODE, "Our offer.").status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(sandbox.log().acceptedTo(PERSON.e164())).hasSize(1);
        assertThat(tidings.explain(answer).orElseThrow().text()).contains("one answer");
    }

    @Test
    void a_START_opens_what_STOP_closed_at_Twilio_and_here() throws Exception {
        texts(LONG, "STOP");
        tidings.optIn(TenantId.DEFAULT, PERSON, "web form");
        assertThat(send(LONG, "Too early.").status()).isEqualTo(MessageStatus.REFUSED);

        texts(LONG, "start");

        assertThat(delivered(send(LONG, "Welcome back.").id())).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void a_STOP_that_never_reached_us_is_learned_from_Twilios_refusal() throws Exception {
        sandbox.reply(PERSON.e164(), LONG, "STOP");

        MessageId id = send(LONG, "Our offer.").id();

        assertThat(delivered(id)).isEqualTo(MessageStatus.FAILED);
        assertThat(tidings.consent().entries(TenantId.DEFAULT, PERSON))
                .extracting(entry -> entry.evidence().source())
                .containsExactly(Evidence.Source.PROVIDER_ERROR);
        assertThat(send(LONG, "Another offer.").reason()).contains("only START from the handset helps");
        assertThat(delivered(send(CODE, "From another sender.").id())).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void who_was_erased_is_not_texted_and_a_lost_secret_stops_the_start() {
        tidings.consent().optOut(ConsentScope.of(TenantId.DEFAULT), PERSON, Evidence.host("web form"));
        tidings.consent().forget(TenantId.DEFAULT, PERSON);

        assertThat(send(CODE, "Our offer.").status()).isEqualTo(MessageStatus.REFUSED);
        assertThatThrownBy(() -> builder().secret(TidingsSecret.random()).build())
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining(SECRET.currentKeyId())
                .hasMessageContaining("add the old secrets");
        try (Tidings rotated = builder()
                .secret(TidingsSecret.of(
                        new Secret("a secret of enough characters, two"),
                        new Secret("a secret of enough characters, one")))
                .build()) {
            assertThat(rotated.sms()
                            .to(PERSON.e164())
                            .from(CODE)
                            .text("Our offer.")
                            .send()
                            .status())
                    .isEqualTo(MessageStatus.REFUSED);
        }
    }
}
