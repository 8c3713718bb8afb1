package io.tidings.test;

import static io.tidings.test.TidingsAssertions.assertThat;
import static io.tidings.test.Times.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.Category;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Receipt;
import io.tidings.provider.AccountCheck;
import io.tidings.sandbox.HandsetOutcome;
import io.tidings.template.TemplateDraft;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestTidingsTest {
    private static final String TO = "+12025550143";

    @RegisterExtension
    static final TidingsExtension TIDINGS = TidingsExtension.with(TestTidings::overFake);

    @Test
    void nothing_happens_before_it_is_run(TestTidings kit) {
        kit.tidings().sms(TO, "Your car is ready.");

        assertThat(kit).sentNothing();
    }

    @Test
    void a_text_is_delivered_once(TestTidings kit) {
        Receipt receipt = kit.tidings().sms(TO, "Your car is ready.");

        kit.forward(Duration.ofSeconds(2)).runDue();

        assertThat(kit)
                .sentTo(TO)
                .text("Your car is ready.")
                .status(MessageStatus.DELIVERED)
                .once();
        assertThat(kit).sentTo("+12025550144").never();
        assertThat(kit.tidings().find(receipt.id()).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void messages_are_found_by_template_tag_and_category(TestTidings kit) {
        kit.tidings().templates().create(TemplateDraft.of("pickup", "Your car is at bay {{bay}}."));
        kit.tidings()
                .sms()
                .to(TO)
                .template("pickup")
                .with("bay", 4)
                .tag("order", "42")
                .category(Category.ALERT)
                .send();

        kit.forward(Duration.ofSeconds(2)).runDue();

        assertThat(kit)
                .sentTo(TO)
                .template("pickup")
                .tag("order", "42")
                .category(Category.ALERT)
                .once();
        assertThat(kit).sent().textContaining("bay 4").once();
        assertThat(kit).sent().template("other").never();
    }

    @Test
    void a_code_of_messages_fails_after_acceptance_and_is_tried_again(TestTidings kit) {
        kit.fake().failNext(30003, times(2));
        Receipt receipt = kit.tidings().sms(TO, "Your car is ready.");

        kit.forward(Duration.ofDays(2)).runDue();

        assertThat(kit).sentTo(TO).times(3);
        assertThat(kit.tidings().find(receipt.id()).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void any_other_code_refuses_the_request(TestTidings kit) {
        kit.fake().failNext(21610);
        Receipt receipt = kit.tidings().sms(TO, "Your car is ready.");

        kit.forward(Duration.ofSeconds(2)).runDue();

        assertThat(kit).sentNothing();
        assertThat(kit.fake().submissions()).isEqualTo(1);
        assertThat(kit.tidings().find(receipt.id()).orElseThrow().failure().code())
                .isEqualTo(21610);
    }

    @Test
    void what_was_lost_on_the_way_is_not_sent_again_at_once(TestTidings kit) {
        kit.fake().loseAnswers(times(1)).loseRequests(times(1));
        kit.tidings().sms(TO, "The first.");
        kit.tidings().sms(TO, "The second.");

        kit.forward(Duration.ofSeconds(2)).runDue();

        assertThat(kit).sentTo(TO).text("The first.").once();
        assertThat(kit.fake().submissions()).isEqualTo(2);
    }

    @Test
    void throttled_and_unreached_messages_arrive_later(TestTidings kit) {
        kit.fake().throttleNext(times(1)).refuseConnections(times(1));
        kit.tidings().sms(TO, "Your car is ready.");

        kit.forward(Duration.ofMinutes(10)).runDue();

        assertThat(kit).sentTo(TO).once();
        assertThat(kit.fake().submissions()).isEqualTo(3);
    }

    @Test
    void a_silent_carrier_leaves_a_message_sent(TestTidings kit) {
        kit.fake().loseReceipts(times(1));
        kit.tidings().sms(TO, "Your car is ready.");

        kit.forward(Duration.ofMinutes(1)).runDue();

        assertThat(kit).sentTo(TO).status(MessageStatus.SENT).once();
    }

    @Test
    void a_rejected_account_burns_no_attempt(TestTidings kit) {
        kit.fake().account(AccountCheck.State.REJECTED);
        kit.tidings().sms(TO, "Your car is ready.");
        kit.forward(Duration.ofMinutes(1)).runDue();
        assertThat(kit).sentNothing();

        kit.fake().account(AccountCheck.State.ACTIVE);
        kit.forward(Duration.ofMinutes(10)).runDue();

        assertThat(kit).sentTo(TO).once();
    }

    @Test
    void who_steps_far_ahead_is_told_of_the_next_thing_that_falls_due(TestTidings kit) {
        assertThat(kit.tidings().runDue(Duration.ofDays(365))).isEqualTo(Duration.ofDays(365));

        kit.tidings()
                .sms()
                .to(TO)
                .text("Your car is ready.")
                .at(kit.time().instant().plus(Duration.ofDays(3)))
                .send();
        Duration next = kit.tidings().runDue(Duration.ofDays(365));
        assertThat(next).isBetween(Duration.ofHours(9), Duration.ofDays(3).minusMillis(1));

        kit.time().forward(next);
        assertThat(kit).sentNothing();
    }

    @Test
    void what_is_due_on_the_way_is_done_at_its_moment(TestTidings kit) {
        Instant tomorrow = kit.time().instant().plus(Duration.ofDays(1));
        kit.tidings().sms().to(TO).text("Good morning.").at(tomorrow).send();

        kit.forward(Duration.ofHours(23)).runDue();
        assertThat(kit).sentNothing();
        kit.forward(Duration.ofHours(2)).runDue();

        assertThat(kit).sentTo(TO).once();
        assertThat(kit.fake().carried().get(0).at()).isBetween(tomorrow, tomorrow.plusSeconds(1));
    }

    @Test
    void a_failing_assertion_names_steps_but_no_number_and_no_text(TestTidings kit) {
        kit.tidings().sms(TO, "The secret is 4711.");
        kit.forward(Duration.ofSeconds(2)).runDue();

        assertThatThrownBy(() -> assertThat(kit).sentTo(TO).template("pickup").once())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected 1 messages")
                .hasMessageContaining("from template pickup");
        assertThatThrownBy(() -> assertThat(kit).sentTo(TO).never())
                .hasMessageContaining("TRANSACTIONAL DELIVERED")
                .hasMessageNotContaining("5550143")
                .hasMessageNotContaining("4711");
    }

    @Test
    void the_other_side_must_be_the_one_that_was_started(TestTidings kit) {
        assertThatThrownBy(kit::sandbox)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("overSandbox()");
    }

    @Test
    void the_same_test_runs_over_a_sandbox() {
        try (TestTidings kit = TestTidings.overSandbox()) {
            kit.sandbox().handset("+12025550144", new HandsetOutcome.Undelivered(30005));
            kit.tidings().sms(TO, "Your car is ready.");
            kit.tidings().sms("+12025550144", "Your car is ready.");

            kit.forward(Duration.ofHours(1)).runDue();

            assertThat(kit)
                    .sentTo(TO)
                    .text("Your car is ready.")
                    .status(MessageStatus.DELIVERED)
                    .once();
            assertThat(kit)
                    .sentTo("+12025550144")
                    .status(MessageStatus.UNDELIVERED)
                    .once();
        }
    }
}
