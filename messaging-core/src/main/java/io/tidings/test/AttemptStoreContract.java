package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.history.Attempt;
import io.tidings.history.AttemptStore;
import io.tidings.history.AttemptStore.Merged;
import io.tidings.history.AttemptStore.Poll;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptStore} does. */
abstract class AttemptStoreContract extends StoreContract {
    private static final String SID = "SM" + "1".repeat(32);
    private static final String OTHER_SID = "SM" + "2".repeat(32);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private int made;

    AttemptStoreContract(AllStoresContract author) {
        super(author);
    }

    private AttemptStore attempts() {
        return stores().attempts();
    }

    private Attempt attempt(AttemptId id) {
        return attempts().attempts(id.message()).get(id.number() - 1);
    }

    @Test
    void attempts_of_a_message_come_first_to_last() {
        AttemptId first = begunAttempt();
        Attempt third = Attempt.begun(new AttemptId(first.message(), 3), LONG_AGO.plusSeconds(3));
        Attempt second = Attempt.begun(new AttemptId(first.message(), 2), LONG_AGO.plusSeconds(2));

        attempts().begin(List.of(third, second));

        assertThat(attempts().attempts(first.message())).containsExactly(Attempt.begun(first, LONG_AGO), second, third);
        assertThat(attempts().attempts(id(waiting()))).isEmpty();
    }

    @Test
    void an_attempt_begins_once_and_a_repetition_stores_nothing_of_its_batch() {
        AttemptId known = begunAttempt();
        AttemptId next = new AttemptId(known.message(), 2);

        assertThatThrownBy(
                        () -> attempts().begin(List.of(Attempt.begun(next, LONG_AGO), Attempt.begun(known, LONG_AGO))))
                .isInstanceOf(IllegalStateException.class);

        assertThat(attempts().attempts(known.message())).extracting(Attempt::id).containsExactly(known);
    }

    @Test
    void what_is_seen_is_kept_raw_and_merged() {
        AttemptId id = begunAttempt();
        Observation sent = seen(AttemptStatus.SENT, SID, 0, 1);
        Observation queued = seen(AttemptStatus.QUEUED, SID, 0, 2);

        Merged first = attempts().observe(id, sent).orElseThrow();
        Merged second = attempts().observe(id, queued).orElseThrow();
        Merged third = attempts().observe(id, queued).orElseThrow();

        assertThat(first.before()).isEqualTo(Attempt.begun(id, LONG_AGO));
        assertThat(first.after().status()).isEqualTo(AttemptStatus.SENT);
        assertThat(first.after().sid()).isEqualTo(SID);
        assertThat(second.before()).isEqualTo(first.after());
        assertThat(second.changed()).isFalse();
        assertThat(third.after()).isEqualTo(second.after()).isEqualTo(attempt(id));
        assertThat(attempts().observations(id)).containsExactly(sent, queued, queued);
    }

    @Test
    void what_is_seen_of_an_unknown_attempt_is_not_kept() {
        AttemptId known = begunAttempt();
        AttemptId unknown = new AttemptId(known.message(), 2);
        AttemptId ofNobody = new AttemptId(id(waiting()), 1);

        assertThat(attempts().observe(unknown, seen(AttemptStatus.SENT, SID, 0, 1)))
                .isEmpty();
        assertThat(attempts().observe(ofNobody, seen(AttemptStatus.SENT, SID, 0, 1)))
                .isEmpty();

        assertThat(attempts().observations(unknown)).isEmpty();
        assertThat(attempts().observations(ofNobody)).isEmpty();
        assertThat(attempts().attempts(known.message())).hasSize(1);
    }

    @Test
    void a_sid_belongs_to_the_first_attempt_seen_with_it() {
        AttemptId first = begunAttempt();
        AttemptId twin = begunAttempt();
        attempts().observe(first, seen(AttemptStatus.QUEUED, SID, 0, 1));

        Merged merged =
                attempts().observe(twin, seen(AttemptStatus.SENT, SID, 0, 2)).orElseThrow();

        assertThat(merged.after().id()).isEqualTo(first);
        assertThat(attempt(first).status()).isEqualTo(AttemptStatus.SENT);
        assertThat(attempt(twin)).isEqualTo(Attempt.begun(twin, LONG_AGO));
        assertThat(attempts().observations(twin)).isEmpty();
        assertThat(attempts().owners(List.of(SID, OTHER_SID))).isEqualTo(Map.of(SID, first));
        assertThat(attempts().owners(List.of())).isEmpty();
    }

    @Test
    void an_attempt_may_own_two_sids_and_a_report_without_one_stays_with_it() {
        AttemptId first = begunAttempt();
        attempts().observe(first, seen(AttemptStatus.QUEUED, SID, 0, 1));
        attempts().observe(first, seen(AttemptStatus.QUEUED, OTHER_SID, 0, 1));
        attempts().observe(first, seen(AttemptStatus.SENT, null, 0, 1));

        assertThat(attempts().owners(List.of(SID, OTHER_SID))).isEqualTo(Map.of(SID, first, OTHER_SID, first));
        assertThat(attempts().observations(first)).hasSize(3);
    }

    @Test
    void a_sid_that_only_the_list_gave_is_free_when_the_provider_names_another() {
        AttemptId first = begunAttempt();
        AttemptId twin = begunAttempt();
        attempts().observe(first, listed(seen(AttemptStatus.SENT, SID, 0, 1)));

        Merged merged = attempts()
                .observe(first, seen(AttemptStatus.QUEUED, OTHER_SID, 0, 2))
                .orElseThrow();

        assertThat(merged.after().id()).isEqualTo(first);
        assertThat(merged.after().sid()).isEqualTo(OTHER_SID);
        assertThat(merged.after().conflict()).isFalse();
        assertThat(attempts().owners(List.of(SID, OTHER_SID))).isEqualTo(Map.of(OTHER_SID, first));
        attempts().observe(twin, seen(AttemptStatus.SENT, SID, 0, 3));
        assertThat(attempts().owners(List.of(SID, OTHER_SID))).isEqualTo(Map.of(SID, twin, OTHER_SID, first));
        assertThat(attempt(twin).sid()).isEqualTo(SID);
    }

    @Test
    void a_sid_of_the_list_stays_when_the_other_one_belongs_to_the_twin() {
        AttemptId first = begunAttempt();
        AttemptId twin = begunAttempt();
        attempts().observe(first, listed(seen(AttemptStatus.SENT, SID, 0, 1)));
        attempts().observe(twin, listed(seen(AttemptStatus.SENT, OTHER_SID, 0, 1)));

        attempts().observe(first, seen(AttemptStatus.DELIVERED, OTHER_SID, 0, 2));

        assertThat(attempts().owners(List.of(SID, OTHER_SID))).isEqualTo(Map.of(SID, first, OTHER_SID, twin));
        assertThat(attempt(twin).status()).isEqualTo(AttemptStatus.DELIVERED);
    }

    private static Observation listed(Observation seen) {
        return new Observation(
                seen.status(),
                seen.sid(),
                seen.errorCode(),
                seen.cause(),
                Observation.Source.LIST,
                seen.at(),
                seen.raw());
    }

    @Test
    void of_many_that_claim_a_sid_at_once_one_gets_it() throws Exception {
        List<AttemptId> twins =
                IntStream.range(0, 8).mapToObj(i -> begunAttempt()).toList();
        List<Callable<AttemptId>> claims = twins.stream()
                .map(twin -> (Callable<AttemptId>) () -> attempts()
                        .observe(twin, seen(AttemptStatus.QUEUED, SID, 0, 1))
                        .orElseThrow()
                        .after()
                        .id())
                .toList();

        List<AttemptId> owners = Together.call(claims);

        assertThat(owners).containsOnly(owners.get(0));
        assertThat(attempts().owners(List.of(SID))).isEqualTo(Map.of(SID, owners.get(0)));
        assertThat(twins.stream().filter(twin -> attempt(twin).sid() != null)).containsExactly(owners.get(0));
    }

    @Test
    void a_note_changes_nothing_but_is_kept() {
        AttemptId id = begunAttempt();
        attempts().observe(id, withoutAnswer(AttemptStatus.UNCERTAIN, "answer lost", 1));
        Attempt before = attempt(id);
        Observation note = Observation.note(Observation.Source.LOOK, "a note", LONG_AGO);

        Merged merged = attempts().observe(id, note).orElseThrow();

        assertThat(merged.changed()).isFalse();
        assertThat(attempt(id)).isEqualTo(before);
        assertThat(attempts().observations(id)).contains(note);
    }

    @Test
    void any_order_of_the_same_facts_gives_the_same_attempt() {
        for (List<Observation> facts : factSets()) {
            List<Attempt> results = new ArrayList<>();
            for (List<Observation> order : Permutations.of(facts)) {
                AttemptId id = begunAttempt();
                String ending = "%08x".formatted(made++);
                order.forEach(fact -> attempts().observe(id, withEnding(fact, ending)));
                results.add(withoutId(attempt(id)));
            }
            assertThat(results).as("orders of %s", facts).containsOnly(results.get(0));
        }
    }

    /** A SID has one owner, so each attempt gets its own; they sort like those they replace. */
    private static Observation withEnding(Observation fact, String ending) {
        String sid = fact.sid() == null ? null : fact.sid().substring(0, 26) + ending;
        return new Observation(
                fact.status(), sid, fact.errorCode(), fact.cause(), fact.source(), fact.at(), fact.raw());
    }

    private static List<List<Observation>> factSets() {
        return List.of(
                List.of(
                        seen(AttemptStatus.QUEUED, SID, 0, 1),
                        seen(AttemptStatus.SENT, null, 0, 2),
                        seen(AttemptStatus.DELIVERED, SID, 0, 3),
                        seen(AttemptStatus.READ, SID, 0, 4)),
                List.of(
                        seen(AttemptStatus.REJECTED, null, 21211, 1),
                        seen(AttemptStatus.SENT, SID, 0, 2),
                        seen(AttemptStatus.FAILED, SID, 30008, 3)),
                List.of(
                        seen(AttemptStatus.FAILED, SID, 0, 5),
                        seen(AttemptStatus.FAILED, SID, 30008, 3),
                        seen(AttemptStatus.FAILED, OTHER_SID, 30005, 4)),
                List.of(
                        seen(AttemptStatus.CANCELED, SID, 0, 1),
                        seen(AttemptStatus.FAILED, SID, 30008, 2),
                        seen(AttemptStatus.UNDELIVERED, SID, 30003, 3),
                        seen(AttemptStatus.DELIVERED, SID, 0, 4)),
                List.of(
                        withoutAnswer(AttemptStatus.UNCERTAIN, "answer lost", 2),
                        withoutAnswer(AttemptStatus.UNCERTAIN, "the node is gone", 1),
                        withoutAnswer(AttemptStatus.THROTTLED, "retry after 1 s", 3)));
    }

    private static Observation withoutAnswer(AttemptStatus status, String cause, int second) {
        return new Observation(
                status, null, 0, cause, Observation.Source.ANSWER, LONG_AGO.plusSeconds(second), Map.of());
    }

    private static Attempt withoutId(Attempt one) {
        return new Attempt(
                new AttemptId(new MessageId(new UUID(0, 0)), 1),
                one.status(),
                one.sid() == null ? null : one.sid().substring(0, 26),
                one.errorCode(),
                one.cause(),
                one.conflict(),
                one.dueAt(),
                one.startedAt(),
                one.changedAt());
    }

    @Test
    void ends_that_contradict_each_other_are_marked() {
        AttemptId id = begunAttempt();
        attempts().observe(id, seen(AttemptStatus.UNDELIVERED, SID, 30003, 1));
        assertThat(attempt(id).conflict()).isFalse();

        attempts().observe(id, seen(AttemptStatus.DELIVERED, SID, 0, 2));

        assertThat(attempt(id).conflict()).isTrue();
        assertThat(attempt(id).errorCode()).isZero();
    }

    @Test
    void nothing_seen_at_the_same_moment_is_lost() throws Exception {
        AttemptId id = begunAttempt();
        List<Observation> facts = new ArrayList<>();
        for (AttemptStatus status : AttemptStatus.values()) {
            facts.addAll(Collections.nCopies(3, seen(status, SID, code(status), code(status))));
        }
        Collections.shuffle(facts, new Random(26));
        List<Callable<Integer>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> (Callable<Integer>) () -> {
                    for (int i = thread; i < facts.size(); i += 8) {
                        attempts().observe(id, facts.get(i));
                    }
                    return thread;
                })
                .toList();

        Together.call(threads);

        assertThat(attempts().observations(id)).containsExactlyInAnyOrderElementsOf(facts);
        assertThat(attempt(id).status()).isEqualTo(AttemptStatus.READ);
        assertThat(attempt(id).errorCode()).isEqualTo(code(AttemptStatus.READ));
        assertThat(attempt(id).conflict()).isTrue();
    }

    private static int code(AttemptStatus status) {
        return status.name().length();
    }

    @Test
    void an_attempt_is_asked_about_after_its_wait() {
        AttemptId id = known();
        assertThat(attempts().nextPoll()).isEmpty();

        attempts().pollAfter(id, MINUTE, 2);

        assertThat(attempts().duePolls(10)).isEmpty();
        assertThat(attempts().nextPoll())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(30), MINUTE));
        advance(MINUTE);
        assertThat(attempts().duePolls(10)).containsExactly(new Poll(id, SID, 2));
        assertThat(attempts().nextPoll())
                .hasValueSatisfying(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ZERO));
    }

    @Test
    void a_later_plan_replaces_the_earlier_one_and_stopping_ends_it() {
        AttemptId id = known();
        attempts().pollAfter(id, MINUTE, 0);
        attempts().pollAfter(id, MINUTE.multipliedBy(5), 1);
        advance(MINUTE);
        assertThat(attempts().duePolls(10)).isEmpty();
        advance(MINUTE.multipliedBy(4));
        assertThat(attempts().duePolls(10)).containsExactly(new Poll(id, SID, 1));

        attempts().stopPolling(id);
        attempts().stopPolling(id);

        assertThat(attempts().duePolls(10)).isEmpty();
        assertThat(attempts().nextPoll()).isEmpty();
    }

    @Test
    void polls_come_longest_due_first_and_no_more_than_asked_for() {
        AttemptId third = known();
        AttemptId first = known();
        AttemptId second = known();
        attempts().pollAfter(third, MINUTE.multipliedBy(3), 0);
        attempts().pollAfter(first, MINUTE, 0);
        attempts().pollAfter(second, MINUTE.multipliedBy(2), 0);
        advance(MINUTE.multipliedBy(10));

        assertThat(attempts().duePolls(10)).extracting(Poll::attempt).containsExactly(first, second, third);
        assertThat(attempts().duePolls(2)).extracting(Poll::attempt).containsExactly(first, second);
    }

    @Test
    void an_attempt_without_a_known_sid_is_not_asked_about_until_it_is_known() {
        AttemptId id = begunAttempt();
        AttemptId never = new AttemptId(id(waiting()), 1);

        attempts().pollAfter(id, Duration.ZERO, 0);
        attempts().pollAfter(never, Duration.ZERO, 0);

        assertThat(attempts().duePolls(10)).isEmpty();
        assertThat(attempts().nextPoll()).isEmpty();
        attempts().observe(id, seen(AttemptStatus.QUEUED, SID, 0, 1));
        assertThat(attempts().duePolls(10)).containsExactly(new Poll(id, SID, 0));
    }

    /** The first one has {@link #SID}. */
    private AttemptId known() {
        AttemptId id = begunAttempt();
        String sid = made++ == 0 ? SID : SID.substring(0, 26) + "%08x".formatted(made);
        attempts().observe(id, seen(AttemptStatus.QUEUED, sid, 0, 1));
        return id;
    }
}
