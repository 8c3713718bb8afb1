package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.history.AttemptStore.Poll;
import io.tidings.history.Observation;
import io.tidings.history.StoredMessage;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Channel;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.Person;
import io.tidings.message.TenantId;
import io.tidings.provider.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the random tests found, and what is easier to read as a story. */
class SettlerTest {
    private static final String FIRST_SID = "SM" + "a".repeat(32);

    private final OutboxScene scene = new OutboxScene();
    private final MessageId id = scene.send(OutboxScene.to(100));

    @Test
    void an_earlier_attempt_that_arrived_ends_a_message_whose_later_one_is_in_the_air() {
        AttemptId first = scene.answered(id, OutboxScene.accepted());
        scene.report(first, AttemptStatus.UNDELIVERED, 30003);
        AttemptId second = scene.begun(id);

        scene.report(first, AttemptStatus.DELIVERED, 0);
        scene.settler.outcome(second, new Outcome.Throttled(null));

        assertThat(scene.status(id)).isEqualTo(MessageStatus.DELIVERED);
        assertThat(scene.stores.outbox().find(id)).isEmpty();
    }

    @Test
    void an_earlier_attempt_that_arrived_ends_a_message_whose_later_one_is_held() {
        AttemptId first = scene.answered(id, OutboxScene.accepted());
        scene.report(first, AttemptStatus.UNDELIVERED, 30003);
        scene.answered(id, new Outcome.Uncertain("answer lost", 0));

        scene.report(first, AttemptStatus.READ, 0);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.READ);
    }

    @Test
    void a_callback_for_an_attempt_thought_unsent_stops_the_next_one() {
        AttemptId attempt = scene.answered(id, new Outcome.Unsent("connection refused"));

        scene.report(attempt, AttemptStatus.SENT, 0);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(scene.stores.outbox().find(id)).isEmpty();
    }

    @Test
    void ends_that_contradict_each_other_open_no_further_attempt() {
        AttemptId attempt = scene.answered(id, OutboxScene.accepted());
        scene.report(attempt, AttemptStatus.UNDELIVERED, 30003);
        assertThat(scene.status(id)).isEqualTo(MessageStatus.QUEUED);

        scene.report(attempt, AttemptStatus.FAILED, 30005);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.UNDELIVERED);
    }

    @Test
    void a_cancellation_by_the_host_is_not_undone_by_a_late_failure() {
        AttemptId attempt = scene.answered(id, OutboxScene.accepted());
        scene.report(attempt, AttemptStatus.FAILED, 30008);
        scene.messages.cancel(id);

        scene.report(attempt, AttemptStatus.UNDELIVERED, 30007);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.CANCELED);
    }

    @Test
    void a_message_known_by_an_early_callback_without_sid_is_polled_once_the_answer_brings_it() {
        AttemptId attempt = scene.begun(id);
        scene.report(attempt, AttemptStatus.SENT, 0);
        scene.time.forward(Duration.ofMinutes(2));
        assertThat(scene.stores.attempts().duePolls(10)).isEmpty();

        scene.settler.outcome(attempt, OutboxScene.accepted());

        assertThat(scene.stores.attempts().duePolls(10))
                .extracting(Poll::attempt)
                .containsExactly(attempt);
    }

    @Test
    void a_late_answer_of_a_lost_node_resolves_what_is_held_only_if_it_is_definite() {
        AttemptId attempt = scene.begun(id);
        scene.stores.work().disown("node");
        assertThat(scene.settler.recover(10)).isEqualTo(1);
        assertThat(scene.settler.recover(10)).isZero();
        assertThat(scene.status(id)).isEqualTo(MessageStatus.UNCERTAIN);

        scene.settler.outcome(attempt, new Outcome.Uncertain("answer lost", 0));
        assertThat(scene.status(id)).isEqualTo(MessageStatus.UNCERTAIN);
        scene.settler.outcome(attempt, OutboxScene.accepted());

        assertThat(scene.status(id)).isEqualTo(MessageStatus.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {21610, 30630})
    void an_opt_out_that_the_provider_reports_is_kept_about_this_sender_with_its_source(int code) {
        StoredMessage stored = scene.messages.find(id).orElseThrow().stored();

        scene.answered(id, new Outcome.Rejected(code));

        List<ConsentEntry> entries = consent(stored);
        assertThat(entries).hasSize(1);
        ConsentEntry entry = entries.get(0);
        assertThat(entry.kind()).isEqualTo(ConsentEntry.Kind.OPT_OUT);
        assertThat(entry.scope())
                .isEqualTo(ConsentScope.of(TenantId.DEFAULT)
                        .from(OutboxScene.SENDER)
                        .on(Channel.SMS));
        assertThat(entry.evidence().source()).isEqualTo(Evidence.Source.PROVIDER_ERROR);
        assertThat(entry.evidence().reference()).isEqualTo("error " + code + "/" + id);
        assertThat(entry.evidence().route()).isEqualTo(new Evidence.Route(OutboxScene.SENDER, Channel.SMS));
    }

    @Test
    void an_opt_out_that_a_callback_reports_twice_is_kept_once() {
        AttemptId attempt = scene.answered(id, OutboxScene.accepted());

        scene.report(attempt, AttemptStatus.FAILED, 21610);
        scene.report(attempt, AttemptStatus.FAILED, 21610);
        scene.report(attempt, AttemptStatus.UNDELIVERED, 21610);

        assertThat(consent(scene.messages.find(id).orElseThrow().stored())).hasSize(1);
    }

    private List<ConsentEntry> consent(StoredMessage stored) {
        return scene.stores
                .consent()
                .entries(TenantId.DEFAULT, Person.of(stored.message().to()));
    }

    private AttemptId heldAfterARefusalAndThenFoundToBeSent() {
        AttemptId first = scene.answered(id, new Outcome.Rejected(30008));
        scene.answered(id, new Outcome.Uncertain("answer lost", 0));
        scene.report(first, AttemptStatus.SENT, 0, FIRST_SID);
        assertThat(scene.status(id)).isEqualTo(MessageStatus.SENT);
        return first;
    }

    @Test
    void a_message_carried_by_an_earlier_attempt_ends_with_it_and_is_not_asked_about_any_more() {
        AttemptId first = heldAfterARefusalAndThenFoundToBeSent();

        scene.report(first, AttemptStatus.CANCELED, 0, FIRST_SID);
        scene.time.forward(Duration.ofMinutes(10));

        assertThat(scene.status(id)).isEqualTo(MessageStatus.CANCELED);
        assertThat(scene.stores.attempts().duePolls(10)).isEmpty();
    }

    @Test
    void a_message_carried_by_an_earlier_attempt_fails_with_it_because_the_later_one_may_have_been_sent() {
        AttemptId first = heldAfterARefusalAndThenFoundToBeSent();

        scene.report(first, AttemptStatus.FAILED, 30008, FIRST_SID);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.FAILED);
        assertThat(scene.messages.find(id).orElseThrow().failure()).isNotNull();
    }

    @Test
    void a_later_attempt_that_fails_is_not_repeated_while_the_provider_has_an_earlier_one() {
        AttemptId first = heldAfterARefusalAndThenFoundToBeSent();
        AttemptId second = new AttemptId(id, 2);

        scene.report(second, AttemptStatus.FAILED, 30008);
        assertThat(scene.status(id)).isEqualTo(MessageStatus.SENT);
        scene.report(first, AttemptStatus.DELIVERED, 0, FIRST_SID);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.DELIVERED);
    }

    @Test
    void what_was_cancelled_at_the_provider_is_not_sent_again_when_an_earlier_attempt_fails() {
        AttemptId first = scene.answered(id, new Outcome.Unsent("connection refused"));
        AttemptId second = scene.begun(id);
        scene.report(first, AttemptStatus.SENT, 0, FIRST_SID);
        scene.report(second, AttemptStatus.CANCELED, 0);

        scene.report(first, AttemptStatus.UNDELIVERED, 30003, FIRST_SID);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.UNDELIVERED);
    }

    @Test
    void a_message_whose_attempts_have_all_failed_is_tried_again_whichever_failed_last() {
        AttemptId first = scene.answered(id, new Outcome.Unsent("connection refused"));
        AttemptId second = scene.begun(id);
        scene.report(first, AttemptStatus.SENT, 0, FIRST_SID);
        scene.report(second, AttemptStatus.FAILED, 30008);
        assertThat(scene.status(id)).isEqualTo(MessageStatus.SENT);

        scene.report(first, AttemptStatus.UNDELIVERED, 30003, FIRST_SID);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void an_attempt_thought_refused_that_was_sent_after_all_ends_the_plan_for_a_third() {
        AttemptId first = scene.answered(id, new Outcome.Rejected(30008));
        scene.answered(id, new Outcome.Rejected(30008));

        scene.report(first, AttemptStatus.SENT, 0, FIRST_SID);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(scene.stores.outbox().find(id)).isEmpty();
    }

    @Test
    void an_attempt_in_the_air_while_an_earlier_one_turns_out_to_be_sent_is_looked_for_if_its_answer_is_lost() {
        AttemptId first = scene.answered(id, new Outcome.Unsent("connection refused"));
        AttemptId second = scene.begun(id);
        scene.report(first, AttemptStatus.SENT, 0, FIRST_SID);

        scene.settler.outcome(second, new Outcome.Uncertain("answer lost", 0));

        assertThat(scene.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(scene.stores.doubts().take(10, Duration.ofMinutes(2)))
                .extracting(look -> look.attempt())
                .containsExactly(second);
    }

    @Test
    void a_report_about_nothing_is_answered_with_no() {
        Observation seen = new Observation(
                AttemptStatus.SENT, null, 0, null, Observation.Source.CALLBACK, scene.time.instant(), Map.of());

        assertThat(scene.settler.report(new AttemptId(new MessageId(new UUID(1, 1)), 1), seen))
                .isFalse();
        assertThat(scene.settler.report(new AttemptId(id, 1), seen)).isFalse();
        assertThat(scene.status(id)).isEqualTo(MessageStatus.QUEUED);
    }
}
