package io.tidings;

import static io.tidings.test.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.MessageStatus;
import io.tidings.outbox.Receipt;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import io.tidings.test.TestTidings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifeCycleTest {

    @Test
    void nothing_leaves_a_paused_node_until_it_is_resumed() {
        try (TestTidings kit = TestTidings.overFake()) {
            Tidings tidings = kit.tidings();
            tidings.pause("wrong price in the template");
            Receipt receipt = tidings.sms("+12025550143", "Your car is ready.");
            kit.forward(Duration.ofMinutes(5)).runDue();

            assertThat(kit).sentNothing();
            assertThat(tidings.standstill())
                    .hasValueSatisfying(why -> assertThat(why).contains("wrong price"));
            assertThat(tidings.find(receipt.id()).orElseThrow().status()).isEqualTo(MessageStatus.QUEUED);
            assertThat(tidings.lag()).isEqualTo(Duration.ofMinutes(5));

            tidings.resume("price corrected");
            kit.forward(Duration.ofSeconds(5)).runDue();
            assertThat(kit).sentTo("+12025550143").times(1);
            assertThat(tidings.standstill()).isEmpty();
            assertThat(tidings.lag()).isZero();
        }
    }

    @Test
    void a_built_system_starts_once_and_takes_messages_in_after_its_stop() {
        SteppableTime time = new SteppableTime();
        try (Tidings tidings = Tidings.builder(new FakeProvider(time))
                .from("55512")
                .homeCountry("US")
                .build()) {
            assertThat(tidings.isWorking()).isFalse();
            tidings.start();
            assertThat(tidings.isWorking()).isTrue();
            assertThatThrownBy(tidings::start).isInstanceOf(IllegalStateException.class);

            tidings.stop();
            tidings.stop();
            assertThat(tidings.isWorking()).isFalse();
            Receipt receipt = tidings.sms("+12025550143", "Your car is ready.");
            assertThat(receipt.status()).isEqualTo(MessageStatus.QUEUED);
        }
    }
}
