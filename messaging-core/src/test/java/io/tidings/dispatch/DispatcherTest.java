package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Outcome;
import io.tidings.provider.Submission;
import io.tidings.throttle.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_message_is_submitted_once_and_followed_to_delivered() {
        Bench bench = new Bench();

        Receipt receipt = bench.send(Bench.to(100));
        assertThat(receipt.status()).isEqualTo(MessageStatus.QUEUED);
        bench.forward(SECOND);

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.ACCEPTED);
        assertThat(bench.provider.submissions()).hasSize(1);
        bench.report(new AttemptId(receipt.id(), 1), AttemptStatus.SENT, 0);
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.SENT);
        bench.report(new AttemptId(receipt.id(), 1), AttemptStatus.DELIVERED, 0);
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.DELIVERED);
        bench.forward(Duration.ofHours(1));
        assertThat(bench.provider.submissions()).hasSize(1);
    }

    @Test
    void a_callback_before_the_answer_settles_the_message_and_the_answer_changes_nothing() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        bench.provider.next(submission -> {
            bench.report(submission.attempt(), AttemptStatus.DELIVERED, 0);
            return ScriptedProvider.accepted(1);
        });

        bench.forward(SECOND);

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.DELIVERED);
        assertThat(bench.stores.attempts().attempts(receipt.id()).get(0).sid()).isNotNull();
    }

    @Test
    void an_uncertain_outcome_is_held_and_an_advertisement_never_sent_again() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100).category(Category.MARKETING));
        bench.provider.next(new Outcome.Uncertain("answer lost", 0));

        bench.forward(Duration.ofHours(3));

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.UNCERTAIN);
        assertThat(bench.provider.submissions()).hasSize(1);
    }

    @Test
    void evidence_by_callback_resolves_an_uncertain_outcome() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        bench.provider.next(new Outcome.Uncertain("answer lost", 0));
        bench.forward(SECOND);

        bench.report(new AttemptId(receipt.id(), 1), AttemptStatus.SENT, 0);

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.SENT);
    }

    @Test
    void what_was_provably_not_sent_is_tried_again_without_using_up_attempts() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        for (int i = 0; i < 10; i++) {
            bench.provider.next(new Outcome.Unsent("connection refused"));
        }

        bench.forward(Duration.ofHours(2));

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.ACCEPTED);
        assertThat(bench.provider.submissions()).hasSize(11);
    }

    @Test
    void a_retryable_failure_in_a_callback_opens_the_next_attempt() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        bench.forward(SECOND);

        bench.report(new AttemptId(receipt.id(), 1), AttemptStatus.UNDELIVERED, 30003);
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.QUEUED);
        bench.forward(Duration.ofHours(1));

        assertThat(bench.provider.submissions())
                .extracting(Submission::attempt)
                .containsExactly(new AttemptId(receipt.id(), 1), new AttemptId(receipt.id(), 2));
        bench.report(new AttemptId(receipt.id(), 2), AttemptStatus.DELIVERED, 0);
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void late_proof_of_delivery_stops_the_next_attempt() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        bench.forward(SECOND);
        bench.report(new AttemptId(receipt.id(), 1), AttemptStatus.UNDELIVERED, 30003);

        bench.report(new AttemptId(receipt.id(), 1), AttemptStatus.DELIVERED, 0);
        bench.forward(Duration.ofHours(1));

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.DELIVERED);
        assertThat(bench.provider.submissions()).hasSize(1);
        assertThat(bench.stores.attempts().attempts(receipt.id()).get(0).conflict())
                .isTrue();
    }

    @Test
    void an_address_that_nobody_knows_leaves_the_message_to_an_operator_who_can_correct_it() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        bench.provider.next(new Outcome.Rejected(20404));

        bench.forward(SECOND);

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.DEAD);
        assertThat(bench.messages.find(receipt.id()).orElseThrow().failure().advice())
                .contains("base URL");
        bench.deadLetters.replay(receipt.id());
        bench.forward(SECOND);
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.ACCEPTED);
    }

    @Test
    void a_permanent_rejection_ends_the_message_with_its_reason() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        bench.provider.next(new Outcome.Rejected(21211));

        bench.forward(SECOND);

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.FAILED);
        Failure failure = bench.messages.find(receipt.id()).orElseThrow().failure();
        assertThat(failure.code()).isEqualTo(21211);
        assertThat(failure.explanation()).isNotBlank();
    }

    @Test
    void an_opt_out_reported_by_the_provider_stops_later_messages() {
        Bench bench = new Bench();
        bench.send(Bench.to(100));
        bench.provider.next(new Outcome.Rejected(21610));
        bench.forward(SECOND);

        Receipt second = bench.send(Bench.to(100).text("Another text"));

        assertThat(second.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(second.reason()).contains("opted out");
    }

    @Test
    void a_configuration_error_becomes_a_dead_letter_that_can_be_replayed() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        bench.provider.next(new Outcome.Rejected(21606));
        bench.forward(SECOND);
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.DEAD);
        assertThat(bench.deadLetters.groups()).singleElement().satisfies(group -> {
            assertThat(group.cause().code()).isEqualTo(21606);
            assertThat(group.messages()).containsExactly(receipt.id());
        });

        assertThat(bench.deadLetters.replayAll(21606)).isEqualTo(1);
        bench.forward(SECOND);

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.ACCEPTED);
        assertThat(bench.deadLetters.groups()).isEmpty();
    }

    @Test
    void a_failed_message_is_sent_again_as_a_new_linked_one() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100).key("once"));
        bench.provider.next(new Outcome.Rejected(21211));
        bench.forward(SECOND);

        Receipt again = bench.intake.resend(receipt.id());
        bench.forward(SECOND);

        assertThat(again.id()).isNotEqualTo(receipt.id());
        assertThat(bench.messages.find(again.id()).orElseThrow().stored().resendOf())
                .isEqualTo(receipt.id());
        assertThat(bench.status(again.id())).isEqualTo(MessageStatus.ACCEPTED);
    }

    @Test
    void a_refused_credential_pauses_the_account_and_burns_no_attempt() {
        Bench bench = new Bench();
        bench.provider.account(AccountCheck.State.REJECTED);
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(bench.send(Bench.to(100 + i)).id());
        }
        for (int i = 0; i < 20; i++) {
            bench.provider.next(new Outcome.Rejected(20003));
        }

        bench.forward(Duration.ofMinutes(10));
        int before = bench.provider.submissions().size();
        assertThat(before).isLessThanOrEqualTo(20);
        bench.provider.account(AccountCheck.State.ACTIVE);
        bench.provider.next();
        bench.forward(Duration.ofMinutes(30));

        assertThat(ids).allSatisfy(id -> assertThat(bench.status(id)).isEqualTo(MessageStatus.ACCEPTED));
    }

    @Test
    void an_expired_message_is_never_sent() {
        Bench bench = new Bench();
        bench.provider.account(AccountCheck.State.UNREACHABLE);
        for (int i = 0; i < 5; i++) {
            bench.provider.next(new Outcome.Unsent("connection refused"));
        }
        Receipt receipt = bench.send(Bench.to(100).expiresAfter(Duration.ofMinutes(2)));
        for (int i = 1; i < 5; i++) {
            bench.send(Bench.to(100 + i));
        }
        bench.forward(Duration.ofMinutes(5));
        bench.provider.account(AccountCheck.State.ACTIVE);
        bench.forward(Duration.ofHours(2));

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.EXPIRED);
        assertThat(bench.provider.submissions())
                .filteredOn(s -> s.attempt().message().equals(receipt.id()))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void codes_overtake_marketing() {
        Bench bench = new Bench(
                SenderRates.defaults().with(Bench.SENDER, Rate.perSecond(10)), DispatchSettings.defaults(), List.of());
        for (int i = 0; i < 200; i++) {
            bench.send(Bench.to(100 + i).category(Category.MARKETING));
        }
        bench.forward(SECOND);
        int before = bench.provider.submissions().size();
        Receipt code = bench.send(Bench.to(900).category(Category.OTP));

        bench.forward(SECOND);

        assertThat(bench.provider.submissions())
                .hasSizeGreaterThan(before)
                .element(before)
                .satisfies(s -> assertThat(s.attempt().message()).isEqualTo(code.id()));
    }

    @Test
    void tenants_take_turns() {
        Bench bench = new Bench(
                SenderRates.defaults().with(Bench.SENDER, Rate.perSecond(10)), DispatchSettings.defaults(), List.of());
        for (int i = 0; i < 1000; i++) {
            bench.send(Bench.to(1000 + i).tenant(new TenantId("big")));
        }
        for (int i = 0; i < 10; i++) {
            bench.send(Bench.to(3000 + i).tenant(new TenantId("small")));
        }

        bench.forward(Duration.ofSeconds(4));

        long small = bench.provider.submissions().stream()
                .filter(s -> s.to().e164().startsWith("+12025553"))
                .count();
        assertThat(small).isEqualTo(10);
    }

    @Test
    void messages_of_one_conversation_leave_in_order_and_wait_for_an_unknown_outcome() {
        Bench bench = new Bench();
        Receipt first = bench.send(Bench.to(100).text("one").orderKey("talk"));
        Receipt second = bench.send(Bench.to(100).text("two").orderKey("talk"));
        bench.provider.next(new Outcome.Uncertain("answer lost", 0));

        bench.forward(Duration.ofMinutes(5));
        assertThat(bench.status(second.id())).isEqualTo(MessageStatus.QUEUED);
        bench.report(new AttemptId(first.id(), 1), AttemptStatus.SENT, 0);
        bench.forward(SECOND);

        assertThat(bench.status(second.id())).isEqualTo(MessageStatus.ACCEPTED);
    }

    @Test
    void a_lost_callback_is_made_good_by_asking() {
        Bench bench = new Bench();
        Receipt receipt = bench.send(Bench.to(100));
        bench.forward(SECOND);
        String sid = bench.stores.attempts().attempts(receipt.id()).get(0).sid();
        bench.provider.knows(sid, AttemptStatus.DELIVERED, 0);

        bench.forward(Duration.ofMinutes(2));

        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void a_sender_never_exceeds_its_rate_in_segments() {
        Bench bench = new Bench(
                SenderRates.defaults().with(Bench.SENDER, Rate.perSecond(5)), DispatchSettings.defaults(), List.of());
        for (int i = 0; i < 40; i++) {
            bench.send(Bench.to(100 + i).text("x".repeat(200) + i));
        }
        List<Integer> perSecond = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int before = bench.provider.submissions().size();
            bench.forward(SECOND);
            perSecond.add(bench.provider.submissions().size() - before);
        }

        assertThat(perSecond).allSatisfy(messages -> assertThat(messages * 2).isLessThanOrEqualTo(7));
        assertThat(perSecond.stream().mapToInt(Integer::intValue).sum()).isBetween(23, 28);
    }

    @Test
    void a_tenant_with_a_rate_of_its_own_does_not_hold_up_the_others() {
        Bench bench = new Bench(
                SenderRates.defaults()
                        .with(Bench.SENDER, Rate.perSecond(100))
                        .with(new TenantId("slow"), Rate.perSecond(2)),
                DispatchSettings.defaults(),
                List.of());
        for (int i = 0; i < 200; i++) {
            bench.send(Bench.to(1000 + i).tenant(new TenantId("slow")));
        }
        for (int i = 0; i < 100; i++) {
            bench.send(Bench.to(3000 + i).tenant(new TenantId("free")));
        }

        bench.forward(Duration.ofSeconds(5));

        long free = bench.provider.submissions().stream()
                .filter(s -> s.to().e164().startsWith("+12025553"))
                .count();
        assertThat(free).isEqualTo(100);
        assertThat(bench.provider.submissions().size() - free).isBetween(8L, 12L);
    }

    @Test
    void a_category_can_be_slower_than_its_sender() {
        Bench bench = new Bench(
                SenderRates.defaults()
                        .with(Bench.SENDER, Rate.perSecond(100))
                        .with(Category.MARKETING, Rate.perSecond(5)),
                DispatchSettings.defaults(),
                List.of());
        for (int i = 0; i < 100; i++) {
            bench.send(Bench.to(1000 + i).category(Category.MARKETING));
        }

        bench.forward(Duration.ofSeconds(4));

        assertThat(bench.provider.submissions().size()).isBetween(18, 25);
    }

    @Test
    void a_node_at_rest_looks_at_the_store_no_sooner_than_it_is_told_to() {
        Duration rarely = Duration.ofSeconds(45);
        Bench bench =
                new Bench(SenderRates.defaults(), DispatchSettings.defaults().withPollInterval(rarely), List.of());

        assertThat(bench.worker.runDue()).isEqualTo(rarely);
    }
}
