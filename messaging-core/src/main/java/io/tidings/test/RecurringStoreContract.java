package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.OutboundMessage;
import io.tidings.message.TenantId;
import io.tidings.schedule.Recurring;
import io.tidings.schedule.Recurring.State;
import io.tidings.schedule.RecurringStore;
import io.tidings.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link RecurringStore} does. */
abstract class RecurringStoreContract extends StoreContract {
    private static final TenantId ACME = new TenantId("acme");

    RecurringStoreContract(AllStoresContract author) {
        super(author);
    }

    private RecurringStore recurring() {
        return stores().recurring();
    }

    private static Recurring row(String name, Instant next) {
        OutboundMessage message = OutboundMessage.to(number(1))
                .tenant(ACME)
                .from(SENDER)
                .text("Good morning.")
                .tag("kind", "greeting")
                .build();
        Schedule daily = Schedule.daily(LocalTime.of(9, 0), ZoneId.of("America/New_York"));
        return new Recurring(name, daily, message, State.ACTIVE, next);
    }

    @Test
    void what_is_stored_is_found_as_it_was() {
        Recurring row = row("morning", FAR_FUTURE);
        assertThat(recurring().add(row)).isTrue();

        assertThat(recurring().find(ACME, "morning")).contains(row);
        assertThat(recurring().of(ACME)).containsExactly(row);
        assertThat(recurring().find(TenantId.DEFAULT, "morning")).isEmpty();
        assertThat(recurring().of(TenantId.DEFAULT)).isEmpty();
    }

    @Test
    void a_name_is_free_again_when_it_was_cancelled() {
        Recurring row = row("morning", FAR_FUTURE);
        recurring().add(row);
        assertThat(recurring().add(row("morning", LONG_AGO))).isFalse();
        recurring().replace(row, row.in(State.CANCELLED, FAR_FUTURE));

        assertThat(recurring().add(row("morning", LONG_AGO))).isTrue();
        assertThat(recurring().find(ACME, "morning").orElseThrow().next()).isEqualTo(LONG_AGO);
    }

    @Test
    void active_ones_are_due_when_their_occurrence_has_come_the_earliest_first() {
        Recurring late = row("late", LONG_AGO.plusSeconds(60));
        Recurring early = row("early", LONG_AGO);
        Recurring paused = row("paused", LONG_AGO);
        List.of(late, early, paused, row("future", FAR_FUTURE)).forEach(recurring()::add);
        recurring().replace(paused, paused.in(State.PAUSED, LONG_AGO));

        assertThat(recurring().due(10)).containsExactly(early, late);
        assertThat(recurring().due(1)).containsExactly(early);
        assertThat(recurring().nextDue()).contains(Duration.ZERO);
    }

    @Test
    void it_tells_how_long_until_the_next_one() {
        assertThat(recurring().nextDue()).isEmpty();
        recurring().add(row("future", FAR_FUTURE));

        assertThat(recurring().due(10)).isEmpty();
        assertThat(recurring().nextDue())
                .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofDays(365)));
    }

    @Test
    void who_has_seen_something_else_replaces_nothing() {
        Recurring row = row("morning", LONG_AGO);
        recurring().add(row);
        Recurring moved = row.in(State.ACTIVE, FAR_FUTURE);

        assertThat(recurring().replace(row, moved)).isTrue();

        assertThat(recurring().replace(row, moved)).isFalse();
        assertThat(recurring().replace(row.in(State.PAUSED, FAR_FUTURE), row)).isFalse();
        assertThat(recurring().replace(row("unknown", LONG_AGO), row)).isFalse();
        assertThat(recurring().find(ACME, "morning")).contains(moved);
    }

    @Test
    void of_many_nodes_at_once_one_moves_an_occurrence_on() throws Exception {
        Recurring row = row("morning", LONG_AGO);
        recurring().add(row);
        List<Callable<Boolean>> nodes = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Boolean>) () -> recurring().replace(row, row.in(State.ACTIVE, FAR_FUTURE)))
                .toList();

        assertThat(Together.call(nodes)).filteredOn(won -> won).hasSize(1);
    }

    @Test
    void what_is_rolled_back_never_was() {
        Recurring row = row("morning", LONG_AGO);
        recurring().add(row);
        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    recurring().add(row("other", LONG_AGO));
                    recurring().replace(row, row.in(State.ACTIVE, FAR_FUTURE));
                    throw new IllegalStateException("the caller's own trouble");
                }))
                .hasMessage("the caller's own trouble");

        assertThat(recurring().of(ACME)).containsExactly(row);
    }
}
