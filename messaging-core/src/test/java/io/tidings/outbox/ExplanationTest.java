package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditSettings;
import io.tidings.gate.Decision;
import io.tidings.gate.Gate;
import io.tidings.gate.GateRequest;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.Money;
import io.tidings.provider.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a message tells about itself beyond its statuses. */
class ExplanationTest {
    private static final Money PRICE = Money.of("0.0083", "USD");

    private final OutboxScene scene = new OutboxScene();

    @Test
    void the_time_between_due_and_intent_is_told_as_the_wait_for_its_turn() {
        MessageId id = scene.send(OutboxScene.to(100));
        scene.time.forward(Duration.ofMillis(2500));
        AttemptId attempt = begun(id);

        assertThat(explain(id).attempts())
                .singleElement()
                .satisfies(story -> assertThat(story.throttled()).isEqualTo(Duration.ofMillis(2500)));
        assertThat(explain(id).text())
                .contains("attempt 1 committed, request sent after waiting 2.5 s for its turn (throttle)");
        assertThat(attempt.number()).isEqualTo(1);
    }

    @Test
    void a_message_for_later_did_not_wait_before_it_was_due() {
        MessageId id = scene.send(OutboxScene.to(100).at(scene.time.instant().plus(Duration.ofHours(2))));
        assertThat(explain(id).next())
                .hasValueSatisfying(next -> assertThat(next.because()).isEqualTo("it was asked for then"));
        scene.time.forward(Duration.ofHours(2).plusSeconds(1));

        begun(id);

        assertThat(explain(id).attempts().get(0).throttled()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void the_next_attempt_is_told_with_its_reason() {
        MessageId waits = scene.send(OutboxScene.to(100));
        MessageId again = scene.send(OutboxScene.to(101));
        AttemptId attempt = scene.answered(again, OutboxScene.accepted());
        scene.report(attempt, AttemptStatus.UNDELIVERED, 30003);

        assertThat(explain(waits).next())
                .contains(new Explanation.Next(1, scene.time.instant(), "it waits for its turn"));
        Explanation.Next next = explain(again).next().orElseThrow();
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(next.at()).isAfter(scene.time.instant());
        assertThat(next.because()).contains("switched off");
        assertThat(explain(again).text()).contains("QUEUED, will be tried again at " + next.at() + ", because: ");
    }

    @Test
    void a_gate_that_put_it_off_is_the_reason() {
        OutboxScene delayed = new OutboxScene(new Gate() {
            @Override
            public String name() {
                return "night";
            }

            @Override
            public Decision check(GateRequest request) {
                return new Decision.Delay(request.now().plusSeconds(60), "it is night there", Map.of("zone", "UTC"));
            }
        });

        MessageId id = delayed.send(OutboxScene.to(100));

        assertThat(delayed.messages
                        .explain(id)
                        .orElseThrow()
                        .next()
                        .orElseThrow()
                        .because())
                .isEqualTo("it is night there");
        assertThat(delayed.messages.explain(id).orElseThrow().text())
                .contains("gate night at ACCEPT: delay, it is night there {zone=UTC}", "because: it is night there");
    }

    @Test
    void the_evidence_that_ended_a_doubt_is_named_with_its_time() {
        MessageId id = scene.send(OutboxScene.to(100));
        AttemptId attempt = scene.answered(id, new Outcome.Uncertain("answer lost", 0));
        assertThat(explain(id).attempts().get(0).doubt())
                .contains(new Explanation.Doubt(scene.time.instant(), "answer lost", null));
        assertThat(explain(id).text()).contains("nothing has told yet", "now: UNCERTAIN: nothing is sent until");

        scene.time.forward(Duration.ofSeconds(3));
        scene.report(attempt, AttemptStatus.SENT, 0);
        scene.report(attempt, AttemptStatus.DELIVERED, 0);

        assertThat(explain(id).attempts().get(0).doubt().map(Explanation.Doubt::evidence))
                .hasValueSatisfying(evidence -> {
                    assertThat(evidence.source()).isEqualTo(Observation.Source.CALLBACK);
                    assertThat(evidence.status()).isEqualTo(AttemptStatus.SENT);
                });
        assertThat(explain(id).text())
                .contains("evidence: attempt 1 was in doubt (answer lost), resolved by callback after 3 s: SENT");
    }

    @Test
    void a_doubt_that_the_policy_ended_says_so_until_evidence_comes_after_all() {
        MessageId id = scene.send(OutboxScene.to(100).category(Category.MARKETING));
        AttemptId attempt = scene.answered(id, new Outcome.Uncertain("answer lost", 0));
        scene.time.forward(Duration.ofHours(24));
        scene.settler.decideWithoutEvidence(attempt, true);

        assertThat(explain(id).text()).contains("no evidence, decided after 24 h: given up");

        scene.report(attempt, AttemptStatus.DELIVERED, 0);
        assertThat(explain(id).text()).contains("resolved by callback after 24 h: DELIVERED");
    }

    @Test
    void an_attempt_without_doubt_needs_no_evidence() {
        MessageId id = scene.send(OutboxScene.to(100));
        scene.answered(id, OutboxScene.accepted());

        assertThat(explain(id).attempts().get(0).doubt()).isEmpty();
        assertThat(explain(id).text()).doesNotContain("evidence:");
    }

    @Test
    void the_cost_is_the_estimate_and_what_the_provider_charged() {
        MessageId id = scene.send(OutboxScene.to(100));
        AttemptId attempt = scene.answered(id, OutboxScene.accepted());
        assertThat(explain(id).text()).contains("cost: no price known\n");
        Messages priced = new Messages(
                scene.stores,
                scene.time,
                new AuditLog(scene.stores.transactions(), scene.stores.audit(), AuditSettings.defaults(), scene.time),
                (channel, to, day) -> Optional.of(PRICE));
        scene.settler.report(
                attempt,
                new Observation(
                        AttemptStatus.DELIVERED,
                        null,
                        0,
                        null,
                        Observation.Source.POLL,
                        scene.time.instant(),
                        Map.of("Price", "0.0079", "PriceUnit", "USD")));

        Explanation explanation = priced.explain(id).orElseThrow();

        assertThat(explanation.estimate()).isEqualTo(PRICE);
        assertThat(explanation.attempts().get(0).charged()).contains(Money.of("0.0079", "USD"));
        assertThat(explanation.text()).contains("cost: estimated 0.0083 USD a copy, attempt 1 charged 0.0079 USD");
    }

    @Test
    void its_audit_entries_are_named() {
        MessageId id = scene.send(OutboxScene.to(100));
        scene.time.forward(Duration.ofSeconds(1));
        scene.messages.cancel(id);

        Explanation explanation = explain(id);

        assertThat(explanation.acts())
                .extracting(Explanation.Act::action)
                .containsExactly(Action.MESSAGE_SENT, Action.MESSAGE_CANCELLED);
        assertThat(explanation.acts()).extracting(Explanation.Act::actor).containsOnly(Actor.HOST);
        assertThat(explanation.text())
                .contains("audited: message.sent by HOST:host, entry "
                        + explanation.acts().get(0).entry());
    }

    private Explanation explain(MessageId id) {
        return scene.messages.explain(id).orElseThrow();
    }

    /** Begun as the dispatcher does it. */
    private AttemptId begun(MessageId id) {
        return scene.stores.transactions().run(() -> {
            scene.stores.work().own("node", Duration.ofDays(1));
            QueueRow waiting = scene.stores.outbox().find(id).orElseThrow();
            QueueRow row = scene.stores.work().begin("node", List.of(waiting)).get(0);
            scene.stores.attempts().begin(List.of(Attempt.begun(row.attempt(), row.due(), scene.time.instant())));
            return row.attempt();
        });
    }
}
