package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest {
    private static final String SERVICE = "MG0123456789abcdef0123456789ABCDEF";

    @ParameterizedTest
    @CsvSource({
        "+1 (202) 555-0100, Number, +12025550100",
        "202-555-0100, Number, +12025550100",
        "2025550100, Number, +12025550100",
        "55512, ShortCode, 55512",
        "12345678, ShortCode, 12345678",
        " 999 , ShortCode, 999",
        "Tidings, Alphanumeric, Tidings",
        "ACME & Co-1, Alphanumeric, ACME & Co-1",
        "MG Rover, Alphanumeric, MG Rover",
        SERVICE + ", MessagingService, " + SERVICE,
    })
    void it_is_recognised_by_its_form(String text, String kind, String address) {
        Sender sender = Sender.parse(text, "US");

        assertThat(sender.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(sender.address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "12", "Twelve chars", "Über", "Tid\u200bings", "a.b", "123456789", "Tidings!"})
    void what_is_no_sender_is_refused_with_a_type(String text) {
        assertThatThrownBy(() -> Sender.parse(text, "US")).isInstanceOf(InvalidNumberException.class);
    }

    @Test
    void an_alphanumeric_sender_needs_a_letter_and_no_blank_at_its_ends() {
        assertThat(new Sender.Alphanumeric("A").address()).isEqualTo("A");
        for (String bad : new String[] {"123", " Tidings", "Tidings ", "", "Tidings\n", "ABCDEFGHIJKL", "é"}) {
            assertThatThrownBy(() -> new Sender.Alphanumeric(bad)).isInstanceOf(InvalidNumberException.class);
        }
    }

    @Test
    void short_codes_and_services_check_their_form() {
        assertThatThrownBy(() -> new Sender.ShortCode("12")).hasMessageContaining("3 to 8 digits");
        assertThatThrownBy(() -> new Sender.ShortCode("555 12")).isInstanceOf(InvalidNumberException.class);
        assertThatThrownBy(() -> new Sender.MessagingService("MG123")).hasMessageContaining("32 hexadecimal");
    }

    @Test
    void it_prints_no_phone_number() {
        assertThat(Sender.parse("+12025550123", "US").toString()).doesNotContain("2025550123");
    }

    @Property
    void any_text_is_a_sender_or_a_typed_refusal(@ForAll("texts") String text) {
        try {
            Sender sender = Sender.parse(text, "US");
            assertThat(Sender.parse(sender.address(), "US")).isEqualTo(sender);
        } catch (InvalidNumberException e) {
            assertThat(e).hasMessageNotContainingAny(text.isBlank() || text.length() < 6 ? "\u0001none" : text);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings().withChars("0123456789+-() AbMG&_").ofMaxLength(14));
    }

    @Test
    void each_variant_is_matched() {
        Sender.Cases<String> names = new Sender.Cases<>() {
            @Override
            public String number(Sender.Number number) {
                return "number";
            }

            @Override
            public String shortCode(Sender.ShortCode shortCode) {
                return "short code";
            }

            @Override
            public String alphanumeric(Sender.Alphanumeric name) {
                return "name";
            }

            @Override
            public String messagingService(Sender.MessagingService service) {
                return "service";
            }
        };

        assertThat(Sender.parse("+12025550100", "US").match(names)).isEqualTo("number");
        assertThat(Sender.parse("55512", "US").match(names)).isEqualTo("short code");
        assertThat(Sender.parse("Tidings", "US").match(names)).isEqualTo("name");
        assertThat(Sender.parse(SERVICE, "US").match(names)).isEqualTo("service");
    }
}
