package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidings.examples.quickstart.RejectedRow.Kind;
import io.tidings.message.PhoneNumber;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RecipientListTest {
    private static final String HEADER = "name,phone,country,language,order,time\n";

    @Test
    void a_number_is_read_in_the_national_form_of_its_country() {
        RecipientList list = read("Ada, (202) 555-0143 ,US,es,A-1,18:00\nBen,0171 3920001,DE,,A-2,19:00\n");

        assertThat(list.rejected()).isEmpty();
        assertThat(list.recipients())
                .containsExactly(
                        new Recipient(
                                2, "Ada", new PhoneNumber("+12025550143"), Locale.forLanguageTag("es"), "A-1", "18:00"),
                        new Recipient(3, "Ben", new PhoneNumber("+491713920001"), Locale.ENGLISH, "A-2", "19:00"));
    }

    @Test
    void an_international_number_needs_no_country() {
        assertThat(read("Ada,+44 7700 900123,,en,A-1,18:00\n").recipients())
                .extracting(Recipient::phone)
                .containsExactly(new PhoneNumber("+447700900123"));
    }

    @Test
    void each_bad_row_is_named_by_its_line_and_the_good_ones_around_it_stay() {
        RecipientList list = read("""
                Ada,+12025550143,US,en,A-001,18:00
                Ben,+12025550144

                Cleo,4.47701E+11,GB,en,A-003,18:00
                "Dora",,US,en,A-004,18:00
                Emil,12,US,en,A-005,18:00
                Fritz,0171 3920001,,de,A-006,18:00
                Gina,+12025550145,USA,en,A-007,18:00
                "Hugo
                ",+12025550146,US,en,A-008,18:00
                Ines,+12025550147,US,english,A-009,18:00
                Jon,+12025550148,US,en,A 10,18:00
                Kira,+12025550149,US,en,A-011,18:00
                """);

        assertThat(list.recipients()).extracting(Recipient::line).containsExactly(2L, 14L);
        assertThat(list.rejected())
                .extracting(RejectedRow::line, RejectedRow::kind)
                .containsExactly(
                        tuple(3L, Kind.BROKEN_ROW),
                        tuple(5L, Kind.SPREADSHEET),
                        tuple(6L, Kind.MISSING_FIELD),
                        tuple(7L, Kind.INVALID_NUMBER),
                        tuple(8L, Kind.MISSING_FIELD),
                        tuple(9L, Kind.INVALID_FIELD),
                        tuple(10L, Kind.BROKEN_ROW),
                        tuple(12L, Kind.INVALID_FIELD),
                        tuple(13L, Kind.INVALID_FIELD));
    }

    @Test
    void a_reason_never_repeats_the_number() {
        assertThat(read("Ada,+1 202 555 0143 x77,US,en,A-1,18:00\n").rejected())
                .singleElement()
                .extracting(RejectedRow::reason)
                .asString()
                .doesNotContain("0143", "77");
    }

    @Test
    void another_header_or_none_is_refused() {
        assertThatThrownBy(() -> RecipientList.read(bytes("phone;name\n1;2\n")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("name,phone,country,language,order,time");
        assertThatThrownBy(() -> RecipientList.read(bytes("")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void an_unreadable_opt_out_stops_everything() {
        assertThat(OptOutList.read(bytes("phone,country\n07700 900123,GB\n")))
                .containsExactly(new PhoneNumber("+447700900123"));
        assertThatThrownBy(() -> OptOutList.read(bytes("phone,country\n+12025550143,US\nsomebody,US\n")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> OptOutList.read(bytes("phone,country\n+12025550143\n")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("line 2");
    }

    private static RecipientList read(String rows) {
        return RecipientList.read(bytes(HEADER + rows));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
