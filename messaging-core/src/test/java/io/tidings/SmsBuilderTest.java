package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.Content;
import io.tidings.message.InvalidContentException;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.Secret;
import io.tidings.provider.Provider;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmsBuilderTest {
    private static final List<URI> CAR = List.of(URI.create("https://example.com/car.jpg"));

    private final Tidings tidings =
            Tidings.builder(provider()).from("55512").homeCountry("US").start();

    private static Provider provider() {
        Credentials credentials = Credentials.authToken("AC" + "0".repeat(32), new Secret("0".repeat(32)));
        return Twilio.provider(CredentialSource.fixed(credentials))
                .baseUrl(URI.create("http://127.0.0.1:9"))
                .build();
    }

    @AfterEach
    void stop() {
        tidings.close();
    }

    private SmsBuilder sms() {
        return tidings.sms().to("(202) 555-0143");
    }

    @Test
    void a_text_and_a_template_contradict_each_other_in_either_order() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms().text("Your car is ready.").template("ready"))
                .withMessage("the message has a text of 18 characters, so it cannot have the template 'ready' as well;"
                        + " call only one of text(...), media(...) and template(...)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms().template("ready").text("Your car is ready."))
                .withMessageStartingWith(
                        "the message has the template 'ready', so it cannot have a text of 18 characters as well;");
    }

    @Test
    void media_and_a_template_contradict_each_other_in_either_order() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms().media("Look", CAR).template("ready"))
                .withMessageContainingAll("1 media address(es)", "the template 'ready'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms().template("ready").media("Look", CAR))
                .withMessageContainingAll("1 media address(es)", "the template 'ready'");
    }

    @Test
    void a_text_and_media_contradict_each_other_without_showing_either() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms().text("Your car is ready.").media("Look", CAR))
                .withMessageContainingAll("a text of 18 characters", "1 media address(es)")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("example.com", "car is"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms().media("Look", CAR).text("Your car is ready."));
    }

    @Test
    void the_same_call_again_replaces_its_value() {
        assertThat(sms().text("one").text("two").build().content()).isEqualTo(new Content.Text("two"));
        assertThat(sms().template("one").template("two").with("bay", 4).build().content())
                .isEqualTo(new Content.Templated("two", null, Locale.ENGLISH, Map.of("bay", "4")));
    }

    @Test
    void what_is_wrong_or_missing_is_said_where_it_is_given() {
        assertThatThrownBy(() -> sms().text(" ")).isInstanceOf(InvalidContentException.class);
        assertThatThrownBy(() -> sms().media("", List.of())).isInstanceOf(InvalidContentException.class);
        assertThatThrownBy(() -> tidings.sms().text("x").build())
                .isInstanceOf(InvalidNumberException.class)
                .hasMessageContaining("to(...)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms().text("x").with("bay", 4).build())
                .withMessageContaining("template(...) was not called");
    }
}
