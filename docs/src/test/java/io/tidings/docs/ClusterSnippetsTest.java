package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Stores;
import io.tidings.schedule.Schedule;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import io.tidings.test.TestTidings;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The code of docs/cluster.md. */
class ClusterSnippetsTest {

    @Test
    void a_copy_of_production_says_why_it_sends_nothing() {
        SteppableTime time = new SteppableTime();
        FakeProvider provider = new FakeProvider(time);
        Stores copyOfProduction = Stores.inMemory(time);
        Tidings.builder(provider)
                .stores(copyOfProduction)
                .from("+12025550100")
                .environment("production")
                .time(time)
                .build()
                .close();
        // tag::environment
        Tidings staging = Tidings.builder(provider)
                .stores(copyOfProduction)
                .from("+12025550100")
                .environment("staging")
                .redirectTo("+12025550199")
                .build();
        Receipt receipt = staging.sms("+12025550143", "Your car is ready at bay 4.");
        Optional<String> why = staging.standstill();
        // end::environment

        staging.runDue();
        assertThat(receipt.status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(why.orElseThrow()).contains("'production'");
        assertThat(provider.submissions()).isZero();
        staging.close();
    }

    @Test
    void a_lesson_is_announced_every_monday() {
        try (TestTidings test = TestTidings.overFake()) {
            Tidings tidings = test.tidings();
            // tag::recurring
            PhoneNumber pupil = PhoneNumber.parse("(202) 555-0143", "US");
            OutboundMessage reminder =
                    OutboundMessage.to(pupil).text("Your lesson is today.").build();
            Schedule mondays = Schedule.weekly(LocalTime.of(9, 0), ZoneId.of("America/New_York"), DayOfWeek.MONDAY);
            tidings.recurring().start("lesson", mondays, reminder);
            // end::recurring

            test.forward(Duration.ofDays(15)).runDue();

            assertThat(test.sent()).hasSize(3);
        }
    }
}
