package io.tidings.spring.test;

import static io.tidings.test.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.test.FakeProvider;
import io.tidings.test.TestTidings;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

@TidingsTest(properties = "tidings.from=+12025550101")
@Import(OrderDesk.class)
class TidingsSliceTest {

    @Autowired
    TestTidings kit;

    @Autowired
    Tidings tidings;

    @Autowired
    OrderDesk desk;

    @Autowired
    ApplicationContext context;

    @RepeatedTest(2)
    void a_customer_is_told_once_and_no_test_sees_what_another_sent() {
        desk.markReady(42, "+12025550143");
        desk.markReady(42, "+12025550143");
        assertThat(kit).sentNothing();

        kit.runDue();
        assertThat(kit).sentTo("+12025550143").times(1);
        assertThat(kit.sent()).hasSize(1);
    }

    @Test
    void days_pass_in_no_time() {
        tidings.sms()
                .to("+12025550143")
                .text("See you tomorrow.")
                .at(kit.time().instant().plus(Duration.ofDays(2)))
                .send();
        kit.forward(Duration.ofDays(1)).runDue();
        assertThat(kit).sentNothing();

        kit.forward(Duration.ofDays(2)).runDue();
        assertThat(kit).sentTo("+12025550143").times(1);
    }

    @Test
    void customizers_and_properties_of_the_application_apply() {
        assertThat(tidings.sms("+493012345678", "Grüße.").isRefused()).isFalse();
        assertThat(context.getEnvironment().getProperty("tidings.from")).isEqualTo("+12025550101");
        assertThat(context.getBeansOfType(Unrelated.class)).isEmpty();
        assertThat(context.getBean(FakeProvider.class)).isSameAs(kit.fake());
        assertThat(tidings.isWorking()).isFalse();
    }
}
