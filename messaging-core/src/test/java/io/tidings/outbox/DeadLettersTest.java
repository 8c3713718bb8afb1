package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.TryCount;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.provider.Outcome;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Outcome NOT_OURS = new Outcome.Rejected(21606);
    private static final Outcome UNREGISTERED = new Outcome.Rejected(30034);

    private final OutboxScene scene = new OutboxScene();

    private MessageId dead(int number, Outcome outcome) {
        MessageId id = scene.send(OutboxScene.to(number));
        scene.answered(id, outcome);
        assertThat(scene.status(id)).isEqualTo(MessageStatus.DEAD);
        return id;
    }

    @Test
    void letters_are_grouped_by_cause_largest_group_first_oldest_letter_first() {
        MessageId single = dead(100, UNREGISTERED);
        MessageId first = dead(101, NOT_OURS);
        MessageId second = dead(102, NOT_OURS);
        scene.answered(scene.send(OutboxScene.to(103)), new Outcome.Rejected(21211));

        List<DeadLetters.Group> groups = scene.deadLetters.groups();

        assertThat(groups).extracting(group -> group.cause().code()).containsExactly(21606, 30034);
        assertThat(groups)
                .extracting(DeadLetters.Group::messages)
                .containsExactly(List.of(first, second), List.of(single));
        assertThat(groups.get(0).cause().advice()).isNotBlank();
    }

    @Test
    void a_replay_gives_a_fresh_budget_under_the_same_id_with_the_next_number() {
        MessageId id = scene.send(OutboxScene.to(100));
        for (int i = 0; i < 3; i++) {
            scene.report(scene.answered(id, OutboxScene.accepted()), AttemptStatus.FAILED, 30008);
        }
        assertThat(scene.status(id)).isEqualTo(MessageStatus.DEAD);
        int before = scene.hints;

        assertThat(scene.deadLetters.replay(id)).isTrue();

        MessageView view = scene.messages.find(id).orElseThrow();
        assertThat(view.status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(view.tries()).isEqualTo(new TryCount(3, 0));
        assertThat(scene.hints).isEqualTo(before + 1);
        for (int number = 4; number <= 6; number++) {
            assertThat(scene.status(id)).isEqualTo(MessageStatus.QUEUED);
            var attempt = scene.answered(id, OutboxScene.accepted());
            assertThat(attempt.number()).isEqualTo(number);
            scene.report(attempt, AttemptStatus.FAILED, 30008);
        }
        assertThat(scene.status(id)).isEqualTo(MessageStatus.DEAD);
    }

    @Test
    void only_a_dead_letter_is_replayed_and_only_once() {
        MessageId dead = dead(100, NOT_OURS);
        MessageId waiting = scene.send(OutboxScene.to(101));

        assertThat(scene.deadLetters.replay(dead)).isTrue();
        assertThat(scene.deadLetters.replay(dead)).isFalse();
        assertThat(scene.deadLetters.replay(waiting)).isFalse();
        assertThat(scene.deadLetters.replay(new MessageId(new UUID(1, 1)))).isFalse();
        assertThat(scene.deadLetters.groups()).isEmpty();
    }

    @Test
    void all_letters_of_one_cause_are_replayed_and_the_others_stay() {
        dead(100, NOT_OURS);
        MessageId other = dead(101, UNREGISTERED);
        dead(102, NOT_OURS);

        assertThat(scene.deadLetters.replayAll(21606)).isEqualTo(2);
        assertThat(scene.deadLetters.replayAll(21606)).isZero();
        assertThat(scene.status(other)).isEqualTo(MessageStatus.DEAD);
    }

    @Test
    void a_letter_that_the_provider_turns_out_to_have_is_dead_no_more() {
        MessageId id = scene.send(OutboxScene.to(100));
        var attempt = scene.answered(id, NOT_OURS);

        scene.report(attempt, AttemptStatus.SENT, 0);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.SENT);
        assertThat(scene.messages.find(id).orElseThrow().failure()).isNull();
        assertThat(scene.deadLetters.replay(id)).isFalse();
    }

    @Test
    void late_proof_of_delivery_takes_a_replayed_letter_back() {
        MessageId id = scene.send(OutboxScene.to(100));
        var attempt = scene.answered(id, OutboxScene.accepted());
        scene.report(attempt, AttemptStatus.FAILED, 30034);
        scene.deadLetters.replay(id);

        scene.report(attempt, AttemptStatus.DELIVERED, 0);

        assertThat(scene.status(id)).isEqualTo(MessageStatus.DELIVERED);
    }
}
