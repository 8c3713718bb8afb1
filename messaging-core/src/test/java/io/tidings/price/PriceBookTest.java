package io.tidings.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.Channel;
import io.tidings.message.Money;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.PhoneNumber;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
    private static final LocalDate MAY = LocalDate.parse("2026-05-01");
    private static final String TABLE = """
            # prices as agreed on 2025-12-01
            price,currency,channel,destination,from
            0.0079,USD,SMS,US,2026-01-01
            0.0083,USD,sms,US,2026-06-01
            0.0200,USD,MMS,US,2026-01-01
            0.0100,USD,SMS,+1,2026-01-01

            0.0420,USD,SMS,+44,2026-01-01
            0.0500,GBP,SMS,"+4474",2026-01-01
            """;

    private final PriceBook book = PriceBook.csv(new StringReader(TABLE));

    @ParameterizedTest
    @CsvSource({
        "SMS, +12025550100, 2026-05-31, 0.0079 USD",
        "SMS, +12025550100, 2026-06-01, 0.0083 USD",
        "SMS, +12025550100, 2025-12-31, unknown",
        "MMS, +12025550100, 2026-05-01, 0.02 USD",
        "VOICE, +12025550100, 2026-05-01, unknown",
        "SMS, +14165550123, 2026-05-01, 0.01 USD",
        "SMS, +442079460018, 2026-05-01, 0.042 USD",
        "SMS, +447400123456, 2026-05-01, 0.05 GBP",
        "SMS, +4930123456, 2026-05-01, unknown",
        "SMS, +10000000000, 2026-05-01, 0.01 USD",
        "SMS, +9991234567, 2026-05-01, unknown",
    })
    void the_price_is_the_one_of_the_day_and_the_closest_destination(
            Channel channel, String to, LocalDate day, String expected) {
        assertThat(book.unitPrice(channel, new PhoneNumber(to), day)
                        .map(Money::toString)
                        .orElse("unknown"))
                .isEqualTo(expected);
    }

    @Test
    void a_number_that_no_plan_has_is_not_priced_by_its_region() {
        PriceBook byRegion = PriceBook.of(List.of(new Price(Channel.SMS, "US", MAY, Money.of("1", "USD"))));

        assertThat(byRegion.unitPrice(Channel.SMS, new PhoneNumber("+10000000000"), MAY))
                .isEmpty();
    }

    @Test
    void segments_count_for_sms_only() {
        PhoneNumber ana = new PhoneNumber("+12025550100");

        assertThat(book.estimate(Channel.SMS, ana, 3, MAY)).contains(Money.of("0.0237", "USD"));
        assertThat(book.estimate(Channel.MMS, ana, 3, MAY)).contains(Money.of("0.02", "USD"));
        assertThat(PriceBook.unknown().estimate(Channel.SMS, ana, 3, MAY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SMS,US,2026-13-01,1,USD| line 2",
                "FAX,US,2026-01-01,1,USD| FAX",
                "SMS,USA,2026-01-01,1,USD| 'USA'",
                "SMS,us,2026-01-01,1,USD| 'us'",
                "SMS,US,2026-01-01,cheap,USD| 'cheap'",
                "SMS,US,2026-01-01,-1,USD| not negative",
                "SMS,US,2026-01-01,1,DOLLARS| 'DOLLARS'",
                "SMS,US,2026-01-01| currency",
            })
    void a_mistake_is_named_with_its_line(String row, String part) {
        assertThatThrownBy(
                        () -> PriceBook.csv(new StringReader("channel,destination,from,price,currency\n" + row + "\n")))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining(part);
    }

    @Test
    void an_empty_table_a_missing_column_and_contradicting_lines_are_mistakes() {
        assertThatThrownBy(() -> PriceBook.csv(new StringReader("")))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("no line");
        assertThatThrownBy(() -> PriceBook.csv(new StringReader("channel,destination\nSMS,US\n")))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("'from' is missing");
        assertThatThrownBy(() -> PriceBook.csv(new StringReader("a,\"b\nc")))
                .isInstanceOf(NotConfiguredException.class);
        Price one = new Price(Channel.SMS, "US", MAY, Money.of("1", "USD"));
        Price two = new Price(Channel.SMS, "US", MAY, Money.of("2", "USD"));
        assertThat(PriceBook.of(List.of(one, one)).unitPrice(Channel.SMS, new PhoneNumber("+12025550100"), MAY))
                .isPresent();
        assertThatThrownBy(() -> PriceBook.of(List.of(one, two)))
                .hasMessageContaining("1 USD")
                .hasMessageContaining("2 USD");
    }

    @Test
    void contradicting_lines_in_a_file_are_a_configuration_mistake() {
        assertThatThrownBy(() -> PriceBook.csv(new StringReader(TABLE + "0.5,USD,SMS,+44,2026-01-01\n")))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("two prices");
    }
}
