package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.audit.Action;
import io.tidings.audit.AuditQuery;
import io.tidings.message.Content;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.Stores;
import io.tidings.schedule.Schedule;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecurringTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SteppableTime time = new SteppableTime();
    private final Stores stores = Stores.inMemory(time);
    private final FakeProvider provider = new FakeProvider(time);
    private final Tidings first = node(1);
    private final Tidings second = node(2);

    private Tidings node(int seed) {
        return Tidings.builder(provider)
                .stores(stores)
                .from("55512")
                .homeCountry("US")
                .random(new Random(seed))
                .executor(Runnable::run)
                .time(time)
                .build();
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static OutboundMessage reminder() {
        return OutboundMessage.to(new PhoneNumber("+12025550143"))
                .text("Your weekly lesson is today.")
                .build();
    }

    private void pass(Duration span) {
        Duration slice = Duration.ofMinutes(10);
        for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plus(slice)) {
            time.forward(slice);
            first.runDue();
            second.runDue();
            time.forward(Duration.ofSeconds(1));
            first.runDue();
            second.runDue();
        }
    }

    private Schedule hourly() {
        return Schedule.every(HOUR, time.instant().plus(HOUR));
    }

    @Test
    void of_each_occurrence_many_nodes_make_one_message() {
        first.recurring().start("lesson", hourly(), reminder());
        pass(HOUR.multipliedBy(5));

        assertThat(provider.submissions()).isEqualTo(5);
        assertThat(first.audit().search(AuditQuery.all().of(Action.RECURRING_STARTED)))
                .hasSize(1);
    }

    @Test
    void an_occurrence_has_a_key_of_its_own() {
        first.recurring().start("lesson", Schedule.daily(LocalTime.of(12, 0), ZoneId.of("UTC")), reminder());
        pass(HOUR.multipliedBy(3));

        assertThat(second.find(TenantId.DEFAULT, "recurring/lesson/2026-06-15T12:00:00Z"))
                .isPresent();
    }

    @Test
    void while_it_is_paused_nothing_goes_and_nothing_is_made_up_for() {
        first.recurring().start("lesson", hourly(), reminder());
        pass(HOUR.multipliedBy(2));
        second.recurring().pause(TenantId.DEFAULT, "lesson");
        pass(HOUR.multipliedBy(3));
        assertThat(provider.submissions()).isEqualTo(2);

        first.recurring().resume(TenantId.DEFAULT, "lesson");
        pass(HOUR.multipliedBy(2));

        assertThat(provider.submissions()).isEqualTo(4);
        assertThat(first.audit().search(AuditQuery.all().of(Action.RECURRING_PAUSED)))
                .hasSize(1);
        assertThat(first.audit().search(AuditQuery.all().of(Action.RECURRING_RESUMED)))
                .hasSize(1);
    }

    @Test
    void a_cancelled_one_is_over_and_its_name_is_free() {
        first.recurring().start("lesson", hourly(), reminder());
        assertThatThrownBy(() -> second.recurring().start("lesson", hourly(), reminder()))
                .isInstanceOf(IllegalArgumentException.class);
        second.recurring().cancel(TenantId.DEFAULT, "lesson");
        pass(HOUR.multipliedBy(2));

        assertThat(provider.submissions()).isZero();
        assertThatThrownBy(() -> first.recurring().resume(TenantId.DEFAULT, "lesson"))
                .isInstanceOf(IllegalArgumentException.class);
        first.recurring().start("lesson", hourly(), reminder());
        assertThat(first.recurring().of(TenantId.DEFAULT)).hasSize(1);
    }

    @Test
    void after_a_night_without_a_node_old_occurrences_are_left_out() {
        first.recurring().start("lesson", hourly(), reminder());
        time.forward(HOUR.multipliedBy(10).plusMinutes(5));
        pass(HOUR);

        assertThat(provider.submissions()).isEqualTo(1);
    }

    @Test
    void an_occurrence_that_nobody_took_in_for_half_an_hour_is_made_up_for_once() {
        Schedule often = Schedule.every(Duration.ofMinutes(10), time.instant().plus(HOUR));
        first.recurring().start("lesson", often, reminder());
        time.forward(HOUR.plusMinutes(30));
        first.runDue();
        second.runDue();
        time.forward(Duration.ofSeconds(1));
        first.runDue();

        assertThat(provider.submissions()).isEqualTo(1);
    }

    @Test
    void an_occurrence_that_cannot_be_taken_in_is_left_out_and_recorded() {
        Content missing = new Content.Templated("lesson", null, Locale.US, Map.of());
        first.recurring()
                .start(
                        "lesson",
                        hourly(),
                        OutboundMessage.to(new PhoneNumber("+12025550143"))
                                .content(missing)
                                .build());
        pass(HOUR.multipliedBy(2));

        assertThat(provider.submissions()).isZero();
        assertThat(first.audit().search(AuditQuery.all().of(Action.RECURRING_FAILED)))
                .hasSize(2);
    }
}
