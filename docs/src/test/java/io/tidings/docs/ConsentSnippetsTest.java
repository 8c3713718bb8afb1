package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.consent.ConsentAnswer;
import io.tidings.consent.ConsentPolicy;
import io.tidings.consent.ConsentQuestion;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.consent.InboundText;
import io.tidings.consent.KeywordAction;
import io.tidings.consent.Keywords;
import io.tidings.consent.Keywords.Family;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.provider.Provider;
import io.tidings.twilio.Twilio;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of docs/consent.md. Nothing is sent: the systems are built, not started. */
class ConsentSnippetsTest {
    private final Provider provider = Twilio.provider(
                    CredentialSource.fixed(Credentials.authToken("AC" + "0".repeat(32), new Secret("0".repeat(32)))))
            .build();
    private final PhoneNumber ana = new PhoneNumber("+12025550143");
    private final TenantId shop = TenantId.DEFAULT;
    private final Sender shortCode = new Sender.ShortCode("55512");

    private Tidings tidings = Tidings.builder(provider)
            .from("55512")
            .homeCountry("US")
            .allowInvalidNumbers()
            .build();

    @AfterEach
    void close() {
        tidings.close();
    }

    @Test
    void what_people_say_is_recorded_and_asked_for() {
        // tag::record
        tidings.consent()
                .optIn(
                        ConsentScope.of(shop).about("offers"),
                        ana,
                        Evidence.host("checkout form").withText("Text me offers, about 4 a month."));
        tidings.consent().optOut(ConsentScope.of(shop).on(Channel.WHATSAPP), ana, Evidence.host("agent 17"));
        // end::record

        // tag::ask
        ConsentAnswer answer = tidings.consent()
                .mayContact(new ConsentQuestion(shop, ana, Category.MARKETING, Channel.SMS, shortCode, "offers"));

        assertThat(answer.allowed()).isTrue();
        assertThat(answer.reason()).isEqualTo("the recipient opted in");
        assertThat(answer.entry().evidence().actor()).isEqualTo("checkout form");
        // end::ask
    }

    @Test
    void a_policy_says_what_needs_an_opt_in_and_which_words_are_known() {
        close();
        // tag::policy
        ConsentPolicy policy = ConsentPolicy.defaults()
                .requireOptIn(Category.MARKETING)
                .keywords(Keywords.standard()
                        .with(Family.STOP, "PARAR", "BAJA")
                        .with(Family.CONFIRM, "SI", "SÍ")
                        .replying(Family.HELP, "Example Motors: call 202-555-0100. Reply STOP to get no more texts."));

        tidings = Tidings.builder(provider)
                .from("55512")
                .homeCountry("US")
                .consent(policy)
                .build();
        // end::policy

        OutboundMessage offer = OutboundMessage.to(ana)
                .category(Category.MARKETING)
                .topic("offers")
                .text("Winter tyres, 20 % off until Friday.")
                .build();
        assertThat(tidings.send(offer).reason()).isEqualTo("this category needs an opt-in, and there is none");
    }

    @Test
    void a_keyword_is_heard_and_answered() {
        String sid = "SM" + "1".repeat(32);
        Instant receivedAt = Instant.now();
        // tag::hear
        tidings.transactions().execute(() -> {
            KeywordAction action = tidings.consent().hear(InboundText.sms(ana, shortCode, "Stop!", sid, receivedAt));
            OutboundMessage answer = action.reply();
            if (answer != null) {
                tidings.send(answer);
            }
        });

        assertThat(tidings.sms()
                        .to("+12025550143")
                        .text("Your car is ready.")
                        .send()
                        .status())
                .isEqualTo(MessageStatus.REFUSED);
        // end::hear
        assertThat(tidings.counts()).containsEntry(MessageStatus.REFUSED, 1L).hasSize(2);
    }

    @Test
    void a_double_opt_in_is_requested_and_confirmed() {
        String sid = "SM" + "2".repeat(32);
        // tag::double
        tidings.transactions()
                .execute(() -> tidings.send(tidings.consent()
                        .requestOptIn(
                                ConsentScope.of(shop).about("offers"),
                                ana,
                                shortCode,
                                Evidence.host("checkout form"),
                                "Reply YES to get offers of Example Motors, about 4 a month. STOP ends it.")));
        // end::double

        KeywordAction action = tidings.consent().hear(InboundText.sms(ana, shortCode, "yes", sid, Instant.now()));
        assertThat(action).isInstanceOf(KeywordAction.Confirmed.class);
    }

    @Test
    void a_person_is_erased_and_stays_opted_out() {
        tidings.optOut(shop, ana, "agent 17");
        // tag::forget
        tidings.consent().forget(shop, ana);

        assertThat(tidings.sms().to("+12025550143").text("Hello again.").send().status())
                .isEqualTo(MessageStatus.REFUSED);
        // end::forget
    }
}
