package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.history.Resolution;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.Content;
import io.tidings.message.ErrorKind;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Outcome;
import io.tidings.provider.Submission;
import io.tidings.retry.CategoryRule;
import io.tidings.retry.RetryPolicy;
import io.tidings.retry.UncertainPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The ladder of unknown outcomes, step by step. */
class ResolverTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Outcome LOST = new Outcome.Uncertain("answer lost", 0);

    private final Bench bench = new Bench();
    private int sids;

    private MessageId send(Category category) {
        return bench.send(Bench.to(100).category(category)).id();
    }

    private String sid() {
        return "SM" + "%032x".formatted(0xfeed0000 + ++sids);
    }

    /** The answer is lost; the provider took the message and lists it from now on. */
    private void takenButLost() {
        bench.provider.next(submission -> {
            bench.provider.lists(sid(), submission, bench.time.instant());
            return LOST;
        });
    }

    private Map<Resolution, Long> counts() {
        return bench.stores.doubts().counts();
    }

    private void callback(MessageId id, int number, AttemptStatus status, String sid) {
        bench.settler.report(
                new AttemptId(id, number),
                new Observation(status, sid, 0, null, Observation.Source.CALLBACK, bench.time.instant(), Map.of()));
    }

    @Test
    void the_list_shows_a_message_whose_answer_was_lost() {
        takenButLost();
        MessageId id = send(Category.TRANSACTIONAL);

        bench.forward(Duration.ofSeconds(19));
        assertThat(bench.status(id)).isEqualTo(MessageStatus.UNCERTAIN);
        bench.forward(Duration.ofSeconds(2));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(bench.provider.submissions()).hasSize(1);
        assertThat(counts()).isEqualTo(Map.of(Resolution.LIST, 1L));
        assertThat(bench.stores.doubts().nextLook()).isEmpty();
    }

    @Test
    void ten_minutes_between_two_clocks_hide_nothing_when_the_provider_dates_its_answers() {
        Duration apart = Duration.ofMinutes(10);
        bench.provider.dates(() -> Optional.of(bench.time.instant().plus(apart)));
        bench.provider.next(submission -> {
            bench.provider.lists(sid(), submission, bench.time.instant().plus(apart));
            return LOST;
        });
        MessageId id = send(Category.TRANSACTIONAL);

        bench.forward(Duration.ofSeconds(21));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.SENT);
    }

    @Test
    void an_equal_message_of_a_minute_ago_is_not_taken_for_this_one_when_the_clocks_are_compared() {
        bench.provider.dates(() -> Optional.of(bench.time.instant()));
        bench.provider.next(submission -> {
            bench.provider.lists(sid(), submission, bench.time.instant().minusSeconds(60));
            return LOST;
        });
        MessageId id = send(Category.TRANSACTIONAL);

        bench.forward(Duration.ofSeconds(21));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.UNCERTAIN);
    }

    @Test
    void a_picture_without_a_text_is_found_in_the_list() {
        takenButLost();
        MessageId id = bench.send(OutboundMessage.to(new PhoneNumber("+12025550100"))
                        .content(new Content.Media(
                                new MessageBody(""), List.of(URI.create("https://example.com/a.png"))))
                        .category(Category.TRANSACTIONAL))
                .id();

        bench.forward(Duration.ofSeconds(21));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.SENT);
    }

    @Test
    void a_callback_with_the_own_id_leaves_the_listed_message_to_the_twin() {
        bench.provider.next(submission -> {
            bench.provider.lists(sid(), submission, bench.time.instant());
            return LOST;
        });
        bench.provider.next(LOST);
        MessageId one = twin(Category.MARKETING);
        MessageId other = twin(Category.MARKETING);
        bench.forward(Duration.ofSeconds(21));
        MessageId matched = bench.status(one) == MessageStatus.SENT ? one : other;
        MessageId open = matched.equals(one) ? other : one;
        assertThat(bench.status(open)).isEqualTo(MessageStatus.UNCERTAIN);

        callback(matched, 1, AttemptStatus.SENT, sid());
        bench.forward(Duration.ofMinutes(1));

        assertThat(bench.status(open)).isEqualTo(MessageStatus.SENT);
        assertThat(counts()).isEqualTo(Map.of(Resolution.LIST, 2L));
    }

    @Test
    void without_evidence_each_category_ends_as_its_policy_says() {
        Map<Category, Integer> submissions = Map.of(
                Category.OTP, 2,
                Category.ALERT, 3,
                Category.CONVERSATION, 2,
                Category.TRANSACTIONAL, 2,
                Category.MARKETING, 1);
        submissions.forEach((category, most) -> {
            Bench own = new Bench();
            own.provider.next(LOST, LOST, LOST, LOST);
            MessageId id = own.send(Bench.to(100).category(category)).id();

            own.leap(Duration.ofHours(25));

            assertThat(own.provider.submissions()).as("%s", category).hasSize(most);
            assertThat(own.status(id)).isEqualTo(MessageStatus.DEAD);
            assertThat(own.messages.find(id).orElseThrow().failure().explanation())
                    .contains("did not show it");
            Map<Resolution, Long> counts = own.stores.doubts().counts();
            assertThat(counts.get(Resolution.POLICY_GIVEUP)).isEqualTo(1);
            assertThat(counts.getOrDefault(Resolution.POLICY_RESEND, 0L)).isEqualTo(most - 1);
            assertThat(own.stores.doubts().nextLook()).isEmpty();
        });
    }

    @Test
    void a_code_is_sent_once_more_after_half_a_minute_but_not_when_it_is_no_longer_valid() {
        bench.provider.next(LOST);
        MessageId valid = send(Category.OTP);
        bench.forward(Duration.ofSeconds(31));
        assertThat(bench.provider.submissions()).hasSize(2);
        assertThat(bench.status(valid)).isEqualTo(MessageStatus.ACCEPTED);

        bench.provider.next(LOST);
        MessageId late = bench.send(Bench.to(101).category(Category.OTP).expiresAfter(Duration.ofSeconds(25)))
                .id();
        bench.forward(Duration.ofSeconds(40));

        assertThat(bench.provider.submissions()).hasSize(3);
        assertThat(bench.status(late)).isEqualTo(MessageStatus.EXPIRED);
        assertThat(bench.messages.find(late).orElseThrow().failure().kind()).isEqualTo(ErrorKind.AMBIGUOUS);
    }

    @Test
    void evidence_after_a_time_to_live_ended_in_doubt_tells_what_became_of_the_message() {
        bench.provider.next(LOST, LOST);
        MessageId sent = bench.send(Bench.to(101).category(Category.OTP).expiresAfter(Duration.ofSeconds(25)))
                .id();
        MessageId failed = bench.send(Bench.to(102).category(Category.OTP).expiresAfter(Duration.ofSeconds(25)))
                .id();
        bench.forward(Duration.ofSeconds(40));
        assertThat(counts()).isEqualTo(Map.of(Resolution.POLICY_GIVEUP, 2L));

        callback(sent, 1, AttemptStatus.SENT, sid());
        bench.report(new AttemptId(failed, 1), AttemptStatus.FAILED, 30036);

        assertThat(bench.status(sent)).isEqualTo(MessageStatus.SENT);
        assertThat(bench.status(failed)).isEqualTo(MessageStatus.EXPIRED);
        assertThat(bench.messages.find(failed).orElseThrow().failure().code()).isEqualTo(30036);
        assertThat(counts()).isEqualTo(Map.of(Resolution.CALLBACK, 2L));
    }

    @Test
    void an_at_most_once_message_whose_time_to_live_ended_in_doubt_is_a_dead_letter_that_a_person_can_look_up() {
        bench.provider.next(LOST);
        MessageId id = bench.send(Bench.to(101).category(Category.MARKETING).expiresAfter(Duration.ofHours(1)))
                .id();

        bench.leap(Duration.ofHours(25));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.DEAD);
    }

    @Test
    void a_copy_that_may_be_sent_again_cannot_wait_at_the_provider_beyond_the_horizon() {
        send(Category.TRANSACTIONAL);
        bench.send(Bench.to(101).category(Category.CONVERSATION));
        bench.send(Bench.to(102).category(Category.MARKETING));
        bench.send(Bench.to(103).category(Category.TRANSACTIONAL).expiresAfter(Duration.ofMinutes(5)));
        bench.forward(SECOND);

        assertThat(bench.provider.submissions().stream()
                        .sorted((a, b) -> a.to().e164().compareTo(b.to().e164()))
                        .map(Submission::validity))
                .containsExactly(Duration.ofMinutes(29), Duration.ofSeconds(60), null, Duration.ofSeconds(299));
    }

    @Test
    void evidence_that_comes_after_a_resend_confirms_the_duplicate_and_counts_it_once() {
        String first = sid();
        bench.provider.next(LOST);
        MessageId id = send(Category.OTP);
        bench.forward(Duration.ofMinutes(1));
        assertThat(counts()).isEqualTo(Map.of(Resolution.POLICY_RESEND, 1L));

        callback(id, 1, AttemptStatus.SENT, first);
        callback(id, 1, AttemptStatus.DELIVERED, first);

        assertThat(counts()).isEqualTo(Map.of(Resolution.POLICY_RESEND, 1L, Resolution.DUPLICATE, 1L));
        assertThat(bench.stores.attempts().observations(new AttemptId(id, 1)))
                .anySatisfy(seen -> assertThat(seen.cause()).contains("duplicate confirmed", first));
        assertThat(bench.provider.submissions()).hasSize(2);
    }

    @Test
    void a_list_that_lags_beyond_the_horizon_still_reveals_the_duplicate() {
        List<Runnable> hidden = new ArrayList<>();
        bench.provider.next(submission -> {
            var at = bench.time.instant();
            hidden.add(() -> bench.provider.lists(sid(), submission, at));
            return LOST;
        });
        send(Category.ALERT);
        bench.forward(Duration.ofSeconds(90));
        assertThat(bench.provider.submissions()).hasSize(2);

        hidden.forEach(Runnable::run);
        bench.leap(Duration.ofMinutes(5));

        assertThat(counts()).isEqualTo(Map.of(Resolution.POLICY_RESEND, 1L, Resolution.DUPLICATE, 1L));
    }

    @Test
    void evidence_after_giving_up_brings_the_message_back_and_the_count_with_it() {
        bench.provider.next(LOST);
        MessageId id = send(Category.MARKETING);
        bench.leap(Duration.ofHours(25));
        assertThat(counts()).isEqualTo(Map.of(Resolution.POLICY_GIVEUP, 1L));

        callback(id, 1, AttemptStatus.SENT, sid());

        assertThat(bench.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(counts()).isEqualTo(Map.of(Resolution.CALLBACK, 1L));
    }

    private MessageId twin(Category category) {
        OutboundMessage.Builder equal = Bench.to(100).category(category).allowRepeat();
        return bench.send(equal).id();
    }

    @Test
    void of_two_equal_messages_with_one_in_the_list_one_was_accepted() {
        takenButLost();
        bench.provider.next(LOST);
        MessageId one = twin(Category.MARKETING);
        MessageId other = twin(Category.MARKETING);

        bench.leap(Duration.ofHours(25));

        assertThat(List.of(bench.status(one), bench.status(other)))
                .containsExactlyInAnyOrder(MessageStatus.SENT, MessageStatus.DEAD);
        assertThat(counts()).isEqualTo(Map.of(Resolution.LIST, 1L, Resolution.POLICY_GIVEUP, 1L));
    }

    @Test
    void a_callback_that_comes_while_the_list_is_read_keeps_its_message_from_the_twin() {
        String taken = sid();
        bench.provider.next(LOST).next(submission -> {
            bench.provider.lists(taken, submission, bench.time.instant());
            return LOST;
        });
        MessageId first = twin(Category.MARKETING);
        MessageId second = twin(Category.MARKETING);
        bench.provider.whileListing(() -> callback(second, 1, AttemptStatus.SENT, taken));

        bench.forward(Duration.ofSeconds(30));

        assertThat(bench.status(second)).isEqualTo(MessageStatus.SENT);
        assertThat(bench.status(first)).isEqualTo(MessageStatus.UNCERTAIN);
    }

    @Test
    void what_may_belong_to_a_request_in_the_air_is_left_to_it() {
        String inTheAir = sid();
        bench.provider.next(LOST);
        MessageId lost = twin(Category.MARKETING);
        bench.forward(Duration.ofSeconds(15));
        bench.provider.next(submission -> {
            bench.provider.lists(inTheAir, submission, bench.time.instant());
            bench.time.forward(Duration.ofSeconds(10));
            new Resolver(
                            bench.setup,
                            new Questions(
                                    bench.stores,
                                    account -> java.util.Optional.of(bench.provider),
                                    Runnable::run,
                                    new Wakeup()))
                    .resolve();
            return new Outcome.Accepted(inTheAir, AttemptStatus.QUEUED);
        });
        MessageId slow = twin(Category.MARKETING);
        bench.forward(SECOND);

        assertThat(bench.provider.lists()).isPositive();
        assertThat(bench.status(slow)).isEqualTo(MessageStatus.ACCEPTED);
        assertThat(bench.status(lost)).isEqualTo(MessageStatus.UNCERTAIN);
    }

    @Test
    void a_late_answer_whose_message_was_counted_for_its_twin_leaves_its_own_in_doubt() {
        takenButLost();
        bench.provider.next(LOST);
        MessageId one = twin(Category.MARKETING);
        MessageId other = twin(Category.MARKETING);
        bench.forward(Duration.ofSeconds(30));
        MessageId held = bench.status(one) == MessageStatus.UNCERTAIN ? one : other;
        String taken = bench.stores
                .attempts()
                .attempts(held.equals(one) ? other : one)
                .get(0)
                .sid();

        bench.settler.outcome(new AttemptId(held, 1), new Outcome.Accepted(taken, AttemptStatus.DELIVERED));

        assertThat(bench.status(held)).isEqualTo(MessageStatus.UNCERTAIN);
        assertThat(bench.status(held.equals(one) ? other : one)).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void a_list_that_cannot_be_read_at_the_horizon_is_tried_again_and_then_named_as_missing() {
        bench.provider.next(LOST);
        bench.provider.breaksLists(true);
        MessageId id = send(Category.OTP);
        bench.forward(Duration.ofSeconds(60));
        assertThat(bench.status(id)).isEqualTo(MessageStatus.UNCERTAIN);
        bench.provider.next(LOST);

        bench.leap(Duration.ofHours(1));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.DEAD);
        assertThat(bench.messages.find(id).orElseThrow().failure().explanation())
                .contains("could not be read");
    }

    @Test
    void who_was_away_past_the_horizon_tries_a_list_that_cannot_be_read_again_before_it_decides() {
        bench.provider.next(LOST);
        bench.provider.breaksLists(true);
        MessageId id = send(Category.OTP);
        bench.forward(SECOND);

        bench.time.forward(Duration.ofHours(1));
        bench.forward(Duration.ofSeconds(30));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.UNCERTAIN);

        bench.forward(Duration.ofMinutes(3));

        assertThat(bench.status(id)).as("sent again by its policy").isEqualTo(MessageStatus.ACCEPTED);
    }

    @Test
    void nothing_is_decided_while_the_account_stands_still() {
        bench.provider.next(LOST);
        MessageId id = send(Category.OTP);
        bench.forward(SECOND);
        bench.provider.account(AccountCheck.State.REJECTED);
        bench.provider.next(new Outcome.Rejected(20003));
        bench.send(Bench.to(105));

        bench.forward(Duration.ofMinutes(10));
        assertThat(bench.status(id)).isEqualTo(MessageStatus.UNCERTAIN);
        assertThat(bench.provider.lists()).isZero();
        bench.provider.account(AccountCheck.State.ACTIVE);
        bench.forward(Duration.ofMinutes(2));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.ACCEPTED);
    }

    /** Another node begins the attempt and is gone; the provider took it and lists it. */
    private void lostInTheAir(MessageId id, int number) {
        bench.stores.work().own("gone", Duration.ofSeconds(60));
        var stored = bench.messages.find(id).orElseThrow().stored();
        new Intents(
                        bench.stores,
                        bench.gates,
                        bench.time,
                        "gone",
                        new SendChecks(null, Runnable::run, bench.time, new Wakeup()))
                .commit(bench.stores
                        .work()
                        .due(io.tidings.outbox.SenderKey.of(stored), 1, io.tidings.outbox.Skip.NONE));
        bench.provider.lists(
                sid(),
                new Submission(
                        new AttemptId(id, number),
                        Bench.SENDER,
                        stored.message().to(),
                        stored.message().content(),
                        null,
                        null),
                bench.time.instant());
    }

    @Test
    void what_a_lost_node_had_in_the_air_is_looked_for_like_everything_else() {
        MessageId id = send(Category.TRANSACTIONAL);
        lostInTheAir(id, 1);

        bench.forward(Duration.ofSeconds(70));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(bench.provider.submissions()).isEmpty();
    }

    @Test
    void a_second_copy_in_the_air_of_a_node_that_dies_is_found_after_the_first_one_turned_up() {
        String first = sid();
        bench.provider.next(LOST);
        MessageId id = send(Category.OTP);
        bench.forward(SECOND);
        bench.time.forward(Duration.ofSeconds(61));
        bench.settler.decideWithoutEvidence(new AttemptId(id, 1), true);
        lostInTheAir(id, 2);
        callback(id, 1, AttemptStatus.SENT, first);

        assertThat(bench.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(bench.stores.attempts().attempts(id))
                .extracting(Attempt::status)
                .containsExactly(AttemptStatus.SENT, AttemptStatus.SENDING_TO_PROVIDER);
        bench.leap(Duration.ofMinutes(5));

        assertThat(bench.stores.attempts().attempts(id))
                .extracting(Attempt::status)
                .containsExactly(AttemptStatus.SENT, AttemptStatus.SENT);
        assertThat(counts()).containsEntry(Resolution.POLICY_RESEND, 1L).containsEntry(Resolution.DUPLICATE, 1L);
        assertThat(bench.stores.doubts().nextLook()).isEmpty();
    }

    @Test
    void a_first_copy_that_turns_up_after_the_second_was_refused_is_what_the_message_stands_with() {
        String first = sid();
        bench.provider.next(LOST, new Outcome.Rejected(21211));
        MessageId id = send(Category.OTP);
        bench.forward(Duration.ofSeconds(31));
        assertThat(bench.status(id)).isEqualTo(MessageStatus.FAILED);

        callback(id, 1, AttemptStatus.SENT, first);

        assertThat(bench.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(bench.messages.find(id).orElseThrow().failure()).isNull();
    }

    private Bench asking() {
        return new Bench(RetryPolicy.defaults()
                .withRule(
                        Category.TRANSACTIONAL,
                        CategoryRule.DEFAULT.withUncertain(UncertainPolicy.askAPerson(Duration.ofMinutes(5)))));
    }

    @Test
    void what_is_left_to_a_person_is_resent_or_closed_by_one_and_counted() {
        Bench own = asking();
        own.provider.next(LOST, LOST);
        MessageId resent = own.send(Bench.to(100)).id();
        MessageId closed = own.send(Bench.to(101)).id();
        own.leap(Duration.ofMinutes(6));
        assertThat(own.status(resent)).isEqualTo(MessageStatus.DEAD);
        assertThat(own.stores.doubts().counts()).isEmpty();

        assertThat(own.deadLetters.replay(resent)).isTrue();
        assertThat(own.deadLetters.close(closed)).isTrue();
        assertThat(own.deadLetters.close(closed)).isFalse();
        own.leap(Duration.ofMinutes(1));

        assertThat(own.status(resent)).isEqualTo(MessageStatus.ACCEPTED);
        assertThat(own.status(closed)).isEqualTo(MessageStatus.FAILED);
        assertThat(own.messages.doubts().byHuman()).isEqualTo(2);
    }

    private static List<AuditEntry> entries(Bench of, MessageId id) {
        return of.stores.audit().search(AuditQuery.all().about(id)).stream()
                .sorted(Comparator.comparing(AuditEntry::at))
                .toList();
    }

    @Test
    void each_decision_of_a_policy_is_in_the_audit_trail_with_its_reason() {
        bench.provider.next(LOST, LOST);
        MessageId id = send(Category.OTP);
        bench.leap(Duration.ofMinutes(5));

        assertThat(entries(bench, id))
                .filteredOn(entry -> entry.actor().equals(Actor.system("retry-policy")))
                .extracting(AuditEntry::action)
                .containsExactly(Action.POLICY_RESENT, Action.POLICY_GAVE_UP);
        assertThat(entries(bench, id)).anySatisfy(entry -> {
            assertThat(entry.action()).isEqualTo(Action.POLICY_RESENT);
            assertThat(entry.data().reason()).contains("did not show it");
            assertThat(entry.data().details()).containsEntry("attempt", "1").containsEntry("category", "OTP");
        });
    }

    @Test
    void what_is_left_to_a_person_and_what_that_person_decides_is_in_the_audit_trail() {
        Bench own = asking();
        own.provider.next(LOST, LOST);
        MessageId resent = own.send(Bench.to(100)).id();
        MessageId closed = own.send(Bench.to(101)).id();
        own.leap(Duration.ofMinutes(6));

        own.deadLetters.replay(resent);
        own.deadLetters.close(closed);

        assertThat(entries(own, resent))
                .extracting(AuditEntry::action)
                .contains(Action.POLICY_ASKED, Action.DEAD_LETTER_REPLAYED);
        assertThat(entries(own, closed))
                .extracting(AuditEntry::action)
                .contains(Action.POLICY_ASKED, Action.DEAD_LETTER_CLOSED);
    }

    @Test
    void the_explanation_tells_looks_decision_and_plan_in_their_order() {
        bench.provider.next(LOST);
        MessageId id = send(Category.OTP);
        bench.forward(Duration.ofSeconds(31));
        callback(id, 1, AttemptStatus.SENT, sid());

        String text = bench.messages.explain(id).orElseThrow().text();

        assertThat(text)
                .containsSubsequence(
                        "attempt 1 committed",
                        "attempt 1 answer: UNCERTAIN",
                        "attempt 1 looked for at the provider: 0 listed, none is it",
                        "attempt 1 no evidence until the horizon, decided by policy: sent again: OTP",
                        "at SEND",
                        "attempt 2 committed",
                        "attempt 1 second copy: duplicate confirmed");
        bench.provider.next(new Outcome.Rejected(30008));
        MessageId waits = bench.send(Bench.to(103)).id();
        bench.forward(Duration.ofMillis(100));
        assertThat(bench.messages.explain(waits).orElseThrow().text())
                .contains("QUEUED, will be tried again at ")
                .contains("because: ");
    }
}
