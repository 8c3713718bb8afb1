package io.tidings.test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.Sender;
import io.tidings.outbox.OwnedSender;
import io.tidings.outbox.Ownership;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How every {@link WorkQueue} spreads senders over nodes. */
abstract class SpreadContract extends StoreContract {
    private static final Duration STEP = LEASE.dividedBy(12);
    private static final Duration PRESENCE = LEASE.dividedBy(6);
    private static final String THIRD_NODE = "node-c";

    /** What each node was last told that it owns. */
    private final Map<String, Set<SenderKey>> owned = new LinkedHashMap<>();

    SpreadContract(AllStoresContract author) {
        super(author);
    }

    private void senders(int from, int to) {
        for (int i = from; i < to; i++) {
            Sender sender = new Sender.ShortCode(Integer.toString(55_500 + i));
            enqueue(message -> message.from(sender));
        }
    }

    private Set<SenderKey> mine(String node) {
        return requireNonNull(owned.get(node));
    }

    private Ownership call(String node) {
        Ownership now = stores().work().own(node, LEASE);
        owned.put(node, now.senders().stream().map(OwnedSender::sender).collect(Collectors.toSet()));
        return now;
    }

    /** As a dispatcher does it: what is too much goes back at once, because nothing is in flight. */
    private void callAndGiveBack(String node) {
        Ownership now = call(node);
        if (now.surplus() > 0) {
            Set<SenderKey> back = mine(node).stream().limit(now.surplus()).collect(Collectors.toSet());
            stores().work().disown(node, back);
            mine(node).removeAll(back);
        }
    }

    /** All these nodes call, time goes on a little, and again: nobody ever owns what another one owns. */
    private void pass(Duration span, String... nodes) {
        for (Duration passed = Duration.ZERO; passed.compareTo(span) < 0; passed = passed.plus(STEP)) {
            advance(STEP);
            Stream.of(nodes).forEach(this::callAndGiveBack);
            List<SenderKey> all = new ArrayList<>();
            Stream.of(nodes).forEach(node -> all.addAll(mine(node)));
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    private List<Integer> parts() {
        return owned.values().stream().map(Set::size).sorted().toList();
    }

    @Test
    void the_first_node_owns_all_and_a_second_one_gets_half_once_it_has_proved_to_stay() {
        senders(0, 6);
        pass(PRESENCE.multipliedBy(2), NODE);
        assertThat(parts()).containsExactly(6);

        assertThat(call(OTHER_NODE).senders()).isEmpty();
        assertThat(call(NODE).surplus()).isZero();
        pass(PRESENCE.plus(STEP.multipliedBy(2)), NODE, OTHER_NODE);

        assertThat(parts()).containsExactly(3, 3);
    }

    @Test
    void a_node_knows_the_others_and_which_of_them_are_new() {
        assertThat(call(NODE).others()).isZero();
        advance(STEP);
        Ownership second = call(OTHER_NODE);
        assertThat(second.others()).isEqualTo(1);
        assertThat(second.newcomers()).isEqualTo(1);
        pass(PRESENCE.plus(STEP), NODE, OTHER_NODE);

        assertThat(call(NODE).others()).isEqualTo(1);
        assertThat(call(NODE).newcomers()).isZero();
        stores().work().disown(OTHER_NODE);
        assertThat(call(NODE).others()).isZero();
    }

    @Test
    void three_nodes_own_about_the_same_and_everything_together_and_then_nothing_moves() {
        senders(0, 10);
        pass(PRESENCE.multipliedBy(3), NODE, OTHER_NODE, THIRD_NODE);
        assertThat(parts()).containsExactly(2, 4, 4);
        Map<String, Set<SenderKey>> before = new LinkedHashMap<>(owned);

        pass(LEASE.multipliedBy(2), NODE, OTHER_NODE, THIRD_NODE);

        assertThat(owned).isEqualTo(before);
    }

    @Test
    void new_senders_go_to_who_has_room_for_them() {
        senders(0, 2);
        pass(PRESENCE.multipliedBy(3), NODE, OTHER_NODE);
        senders(2, 8);

        pass(STEP.multipliedBy(2), NODE, OTHER_NODE);

        assertThat(parts()).containsExactly(4, 4);
    }

    @Test
    void what_a_dead_node_owned_is_taken_over_when_its_lease_ends() {
        senders(0, 9);
        pass(PRESENCE.multipliedBy(3), NODE, OTHER_NODE, THIRD_NODE);
        Set<SenderKey> orphans = Set.copyOf(mine(THIRD_NODE));
        owned.remove(THIRD_NODE);
        pass(LEASE.minus(STEP.multipliedBy(2)), NODE, OTHER_NODE);
        assertThat(mine(NODE)).doesNotContainAnyElementsOf(orphans);
        assertThat(mine(OTHER_NODE)).doesNotContainAnyElementsOf(orphans);

        pass(STEP.multipliedBy(3), NODE, OTHER_NODE);

        Set<SenderKey> all = new HashSet<>(mine(NODE));
        all.addAll(mine(OTHER_NODE));
        assertThat(all).hasSize(9);
        assertThat(parts()).containsExactly(4, 5);
    }

    @Test
    void what_a_node_gives_back_as_it_goes_is_taken_over_at_once() {
        senders(0, 9);
        pass(PRESENCE.multipliedBy(3), NODE, OTHER_NODE, THIRD_NODE);
        stores().work().disown(THIRD_NODE);
        owned.remove(THIRD_NODE);

        call(NODE);
        call(OTHER_NODE);

        assertThat(parts()).containsExactly(4, 5);
    }

    @Test
    void a_node_that_dies_again_and_again_after_its_start_takes_nothing_from_a_healthy_one() {
        senders(0, 4);
        pass(PRESENCE.multipliedBy(2), NODE);
        for (int start = 0; start < 20; start++) {
            assertThat(call("restart-" + start).senders()).isEmpty();
            owned.remove("restart-" + start);
            pass(STEP, NODE);
            assertThat(mine(NODE)).hasSize(4);
        }
    }

    @Test
    void a_node_that_was_away_for_a_moment_keeps_its_senders_but_counts_as_new() {
        senders(0, 4);
        pass(PRESENCE.multipliedBy(3), NODE, OTHER_NODE);
        pass(PRESENCE.plus(STEP), NODE);

        assertThat(call(OTHER_NODE).senders()).hasSize(2);
        assertThat(call(NODE).senders()).hasSize(2);
    }

    @Test
    void giving_some_back_takes_nothing_else() {
        senders(0, 3);
        Set<SenderKey> mine = Set.copyOf(
                call(NODE).senders().stream().map(OwnedSender::sender).toList());
        SenderKey one = mine.iterator().next();

        stores().work().disown(OTHER_NODE, mine);
        assertThat(call(OTHER_NODE).senders()).isEmpty();
        stores().work().disown(NODE, Set.of(one));

        assertThat(call(OTHER_NODE).senders()).extracting(OwnedSender::sender).containsExactly(one);
        assertThat(call(NODE).senders()).hasSize(2);
    }
}
