package io.tidings.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuietHoursTest {
    /** 22:00 in New York, 19:00 in Los Angeles, 4:00 in Berlin. */
    private static final Instant NIGHT = Instant.parse("2026-01-16T03:00:00Z");

    private static final Instant MORNING = Instant.parse("2026-01-16T13:00:00Z");
    private static final String NEW_YORKER = "+12125550100";
    private static final QuietHours SHARP = QuietHours.defaults().withSpread(Duration.ZERO);

    private static Decision ask(QuietHours hours, String to, UnaryOperator<OutboundMessage.Builder> change) {
        return ask(hours.gate(RecipientZones.unknown()), to, NIGHT, null, new UUID(1, 2), change);
    }

    private static Decision ask(
            Gate gate,
            String to,
            Instant now,
            @Nullable Instant end,
            UUID id,
            UnaryOperator<OutboundMessage.Builder> change) {
        OutboundMessage.Builder message = OutboundMessage.to(new PhoneNumber(to))
                .from(new Sender.ShortCode("55512"))
                .category(Category.MARKETING)
                .text("Ten percent off.");
        return gate.check(
                new GateRequest(new MessageId(id), change.apply(message).build(), end, Stage.ACCEPT, now, Facts.NONE));
    }

    @Test
    void marketing_waits_for_the_recipients_morning() {
        Decision decision = ask(SHARP, NEW_YORKER, message -> message);

        assertThat(decision).isInstanceOfSatisfying(Decision.Delay.class, delay -> {
            assertThat(delay.until()).isEqualTo(MORNING);
            assertThat(delay.values())
                    .containsEntry("hours", "08:00-21:00")
                    .containsEntry("zones", "America/New_York")
                    .containsEntry("zonesFrom", "number");
        });
        assertThat(ask(SHARP, "+13105550100", message -> message)).isInstanceOf(Decision.Pass.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Category.class,
            names = {"OTP", "ALERT", "CONVERSATION", "TRANSACTIONAL"})
    void the_other_categories_go_at_any_time_unless_the_host_says_so(Category category) {
        assertThat(ask(SHARP, NEW_YORKER, message -> message.category(category)))
                .isInstanceOf(Decision.Pass.class);
        assertThat(ask(
                        SHARP.with(category, SendingHours.between(9, 20)),
                        NEW_YORKER,
                        message -> message.category(category)))
                .isInstanceOfSatisfying(
                        Decision.Delay.class,
                        delay -> assertThat(delay.until()).isEqualTo(MORNING.plus(Duration.ofHours(1))));
    }

    @Test
    void the_zone_of_the_message_beats_the_hosts_and_that_beats_the_number() {
        Gate gate = SHARP.gate((tenant, to) -> Set.of(ZoneId.of("Europe/Berlin")));

        assertThat(ask(gate, NEW_YORKER, NIGHT, null, new UUID(1, 2), message -> message))
                .isInstanceOfSatisfying(Decision.Delay.class, delay -> {
                    assertThat(delay.until()).isEqualTo("2026-01-16T07:00:00Z");
                    assertThat(delay.values()).containsEntry("zonesFrom", "host");
                });
        assertThat(ask(
                        gate,
                        NEW_YORKER,
                        NIGHT,
                        null,
                        new UUID(1, 2),
                        message -> message.zone(ZoneId.of("America/Los_Angeles"))))
                .isInstanceOfSatisfying(
                        Decision.Pass.class, pass -> assertThat(pass.values()).containsEntry("zonesFrom", "message"));
    }

    /** A toll-free number may be answered anywhere in North America. */
    @ParameterizedTest
    @CsvSource({"+18005550100, 4"})
    void an_area_of_several_zones_must_have_day_in_all_of_them(String number, int atLeast) {
        PhoneNumber to = new PhoneNumber(number);
        assertThat(to.zones()).hasSizeGreaterThanOrEqualTo(atLeast);

        Decision decision = ask(SHARP, number, message -> message);

        assertThat(decision).isInstanceOf(Decision.Delay.class);
        Instant until = ((Decision.Delay) decision).until();
        assertThat(to.zones()).allMatch(zone -> SendingHours.between(8, 21).allow(until, zone));
        assertThat(to.zones()).anyMatch(zone -> !SendingHours.between(8, 21).allow(until.minusSeconds(1), zone));
    }

    @Test
    void a_number_of_no_country_is_refused_and_the_reason_tells_what_to_do() {
        assertThat(ask(SHARP, "+870773111632", message -> message))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refuse -> assertThat(refuse.reason()).contains("zone(...)"));
    }

    @Test
    void a_country_may_have_hours_of_its_own() {
        QuietHours florida = SHARP.withCountry("US", SendingHours.between(9, 19));

        assertThat(ask(florida, NEW_YORKER, message -> message))
                .isInstanceOfSatisfying(
                        Decision.Delay.class,
                        delay -> assertThat(delay.until()).isEqualTo(MORNING.plus(Duration.ofHours(1))));
        assertThatIllegalArgumentException().isThrownBy(() -> SHARP.withCountry("usa", SendingHours.between(9, 19)));
    }

    @Test
    void what_would_expire_before_the_morning_ends_at_once() {
        Gate gate = SHARP.gate(RecipientZones.unknown());

        assertThat(ask(gate, NEW_YORKER, NIGHT, MORNING, new UUID(1, 2), message -> message))
                .isInstanceOfSatisfying(Decision.Refuse.class, refuse -> {
                    assertThat(refuse.status()).isEqualTo(MessageStatus.EXPIRED);
                    assertThat(refuse.values()).containsEntry("opening", MORNING.toString());
                });
        assertThat(ask(gate, NEW_YORKER, NIGHT, MORNING.plusMillis(1), new UUID(1, 2), message -> message))
                .isInstanceOf(Decision.Delay.class);
    }

    @Test
    void a_message_planned_for_the_day_is_not_put_off() {
        assertThat(ask(SHARP, NEW_YORKER, message -> message.at(MORNING.plus(Duration.ofHours(2)))))
                .isInstanceOf(Decision.Pass.class);
        assertThat(ask(
                        SHARP.gate(RecipientZones.unknown()),
                        NEW_YORKER,
                        MORNING,
                        null,
                        new UUID(1, 2),
                        message -> message.at(NIGHT.plus(Duration.ofDays(1)))))
                .isInstanceOfSatisfying(
                        Decision.Delay.class,
                        delay -> assertThat(delay.until()).isEqualTo(MORNING.plus(Duration.ofDays(1))));
    }

    @Test
    void a_released_backlog_is_spread_evenly_and_each_message_always_waits_alike() {
        Gate gate = QuietHours.defaults().gate(RecipientZones.unknown());
        Random random = new Random(7);
        int[] perFiveMinutes = new int[6];
        List<Instant> untils = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            Instant until = ((Decision.Delay) ask(gate, NEW_YORKER, NIGHT, null, id, message -> message)).until();
            assertThat(until)
                    .isEqualTo(
                            ((Decision.Delay) ask(gate, NEW_YORKER, NIGHT.plusSeconds(9), null, id, m -> m)).until());
            untils.add(until);
            perFiveMinutes[(int) Duration.between(MORNING, until).toMinutes() / 5]++;
        }

        assertThat(Arrays.stream(perFiveMinutes)).allMatch(count -> count > 850 && count < 1_150);
        assertThat(untils).allMatch(until -> !until.isBefore(MORNING));
    }

    @Test
    void the_spread_ends_with_the_time_to_live_and_with_the_hours() {
        Gate gate = QuietHours.defaults().gate(RecipientZones.unknown());
        Gate brief = QuietHours.none()
                .with(Category.MARKETING, new SendingHours(LocalTime.of(8, 0), LocalTime.of(8, 10)))
                .gate(RecipientZones.unknown());
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            Instant end = MORNING.plusSeconds(60);
            assertThat(((Decision.Delay) ask(gate, NEW_YORKER, NIGHT, end, id, message -> message)).until())
                    .isBefore(end);
            assertThat(((Decision.Delay) ask(brief, NEW_YORKER, NIGHT, null, id, message -> message)).until())
                    .isBefore(MORNING.plusSeconds(600));
        }
    }

    @Test
    void a_number_knows_the_zones_of_its_area_or_its_country() {
        assertThat(new PhoneNumber(NEW_YORKER).zones()).containsExactly(ZoneId.of("America/New_York"));
        assertThat(new PhoneNumber("+4915112345678").zones()).contains(ZoneId.of("Europe/Berlin"));
        assertThat(new PhoneNumber("+870773111632").zones()).isEmpty();
    }
}
