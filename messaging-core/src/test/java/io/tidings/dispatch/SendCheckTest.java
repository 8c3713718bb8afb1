package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.gate.CheckRule;
import io.tidings.gate.Decision;
import io.tidings.gate.GateRecord;
import io.tidings.gate.SendCheck;
import io.tidings.gate.SendCheck.Candidate;
import io.tidings.gate.Stage;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Receipt;
import io.tidings.provider.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The host's own question just before a message leaves. */
class SendCheckTest {
    private final List<Candidate> asked = new ArrayList<>();
    private SendCheck answer = candidate -> SendCheck.pass();

    private Bench bench() {
        return Bench.with(stores -> List.of(), CheckRule.of(candidate -> {
            asked.add(candidate);
            return answer.check(candidate);
        }));
    }

    private static List<GateRecord> checks(Bench bench, MessageId id) {
        return bench.stores.decisions().decisions(id).stream()
                .filter(record -> record.stage() == Stage.CHECK)
                .toList();
    }

    @Test
    void a_message_leaves_when_the_host_lets_it_and_that_is_recorded() {
        Bench bench = bench();
        Receipt receipt = bench.send(Bench.to(100).tag("order", "42"));
        assertThat(asked).isEmpty();
        bench.forward(Duration.ofSeconds(1));

        assertThat(bench.provider.submissions()).hasSize(1);
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).tags()).containsEntry("order", "42");
        assertThat(checks(bench, receipt.id()))
                .singleElement()
                .satisfies(record -> assertThat(record.gate()).isEqualTo("host-check"));
    }

    @Test
    void a_message_the_host_does_not_want_any_more_never_leaves() {
        Bench bench = bench();
        answer = candidate -> SendCheck.refuse("the appointment was cancelled");
        Receipt receipt = bench.send(Bench.to(100));
        bench.forward(Duration.ofHours(1));

        assertThat(bench.provider.submissions()).isEmpty();
        assertThat(bench.status(receipt.id())).isEqualTo(MessageStatus.REFUSED);
        assertThat(checks(bench, receipt.id()).get(0).decision().reason()).isEqualTo("the appointment was cancelled");
    }

    @Test
    void a_check_that_throws_holds_the_message_and_asks_again() {
        Bench bench = bench();
        answer = candidate -> {
            throw new IOException("the host's database is down");
        };
        Receipt receipt = bench.send(Bench.to(100));
        bench.forward(Duration.ofSeconds(40));
        assertThat(bench.provider.submissions()).isEmpty();
        assertThat(asked).hasSize(2);
        assertThat(checks(bench, receipt.id()).get(0).decision().values()).isEqualTo(Map.of("error", "IOException"));

        answer = candidate -> SendCheck.pass();
        bench.forward(Duration.ofSeconds(40));

        assertThat(bench.provider.submissions()).hasSize(1);
    }

    @Test
    void a_retry_is_asked_about_again() {
        Bench bench = bench();
        bench.provider.next(new Outcome.Unsent("connection refused"));
        bench.send(Bench.to(100));
        bench.forward(Duration.ofMinutes(5));

        assertThat(bench.provider.submissions()).hasSize(2);
        assertThat(asked).hasSize(2);
    }

    @Test
    void categories_that_are_not_asked_about_go_at_once() {
        Bench bench = Bench.with(
                stores -> List.of(),
                CheckRule.of(candidate -> SendCheck.refuse("no")).withCategories(Set.of(Category.MARKETING)));
        bench.send(Bench.to(100));
        bench.forward(Duration.ofSeconds(1));

        assertThat(bench.provider.submissions()).hasSize(1);
    }

    @Test
    void a_check_that_does_not_answer_in_time_holds_the_message_and_its_late_answer_does_not_count() {
        Bench bench = new Bench();
        List<Runnable> hung = new ArrayList<>();
        Executor slow = hung::add;
        SendChecks checks = new SendChecks(CheckRule.of(candidate -> SendCheck.pass()), slow, bench.time, new Wakeup());
        MessageId id = bench.send(Bench.to(100)).id();
        var row = bench.stores.outbox().find(id).orElseThrow();

        assertThat(checks.pass(row)).isFalse();
        assertThat(checks.nanosUntilLate()).isEqualTo(Duration.ofSeconds(5).toNanos());
        bench.time.forward(Duration.ofMillis(4_999));
        assertThat(checks.stopped()).isEmpty();
        bench.time.forward(Duration.ofMillis(1));
        List<SendChecks.Stopped> stopped = checks.stopped();
        hung.get(0).run();

        assertThat(stopped).singleElement().satisfies(one -> {
            assertThat(one.record().decision()).isInstanceOf(Decision.Delay.class);
            assertThat(one.record().decision().values()).containsEntry("answerWithin", "5 s");
        });
        assertThat(checks.pass(row)).isFalse();
        hung.get(1).run();
        assertThat(checks.pass(row)).isFalse();
        assertThat(checks.stopped()).isEmpty();
        assertThat(checks.pass(row)).isTrue();
        bench.time.forward(Duration.ofSeconds(11));
        assertThat(checks.pass(row)).isFalse();
    }
}
