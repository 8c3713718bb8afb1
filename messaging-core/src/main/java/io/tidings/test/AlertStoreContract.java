package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.alert.AlertStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AlertStore} does. */
abstract class AlertStoreContract extends StoreContract {
    private static final String LAG = "lag";
    private static final String BALANCE = "balance";

    AlertStoreContract(AllStoresContract author) {
        super(author);
    }

    private AlertStore alerts() {
        return stores().records().alerts();
    }

    @Test
    void one_node_watches_until_its_lease_ends() {
        assertThat(alerts().watch(LAG, NODE, LEASE)).contains(false);
        assertThat(alerts().watch(LAG, OTHER_NODE, LEASE)).isEmpty();
        advance(LEASE.dividedBy(2));
        assertThat(alerts().watch(LAG, NODE, LEASE)).contains(false);
        advance(LEASE.dividedBy(2));
        assertThat(alerts().watch(LAG, OTHER_NODE, LEASE)).isEmpty();

        advance(LEASE);
        assertThat(alerts().watch(LAG, OTHER_NODE, LEASE)).contains(false);
        assertThat(alerts().watch(LAG, NODE, LEASE)).isEmpty();
    }

    @Test
    void each_alert_is_watched_for_itself() {
        assertThat(alerts().watch(LAG, NODE, LEASE)).contains(false);
        assertThat(alerts().watch(BALANCE, OTHER_NODE, LEASE)).contains(false);

        assertThat(alerts().mark(BALANCE, OTHER_NODE, true)).isTrue();
        assertThat(alerts().mark(BALANCE, NODE, false)).isFalse();
        assertThat(alerts().watch(LAG, NODE, LEASE)).contains(false);
    }

    @Test
    void what_one_node_marked_stands_for_the_next() {
        alerts().watch(LAG, NODE, LEASE);
        assertThat(alerts().mark(LAG, NODE, true)).isTrue();
        assertThat(alerts().mark(LAG, NODE, true)).isTrue();
        advance(LEASE);

        assertThat(alerts().watch(LAG, OTHER_NODE, LEASE)).contains(true);
        assertThat(alerts().mark(LAG, OTHER_NODE, false)).isTrue();
        assertThat(alerts().mark(LAG, OTHER_NODE, false)).isTrue();
        assertThat(alerts().watch(LAG, OTHER_NODE, LEASE)).contains(false);
    }

    @Test
    void who_does_not_watch_marks_nothing() {
        assertThat(alerts().mark(LAG, NODE, true)).isFalse();
        alerts().watch(LAG, NODE, LEASE);
        assertThat(alerts().mark(LAG, OTHER_NODE, true)).isFalse();
        advance(LEASE);
        assertThat(alerts().mark(LAG, NODE, true)).isFalse();

        assertThat(alerts().watch(LAG, NODE, LEASE)).contains(false);
    }

    @Test
    void a_watch_that_is_given_back_is_taken_at_once() {
        alerts().watch(LAG, NODE, LEASE);
        alerts().mark(LAG, NODE, true);
        alerts().leave(OTHER_NODE);
        assertThat(alerts().watch(LAG, OTHER_NODE, LEASE)).isEmpty();

        alerts().leave(NODE);
        assertThat(alerts().mark(LAG, NODE, false)).isFalse();
        assertThat(alerts().watch(LAG, OTHER_NODE, LEASE)).contains(true);
    }

    @Test
    void of_many_nodes_at_once_one_watches() throws Exception {
        List<Callable<Optional<Boolean>>> nodes = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Optional<Boolean>>) () -> alerts().watch(LAG, "node-" + i, LEASE))
                .toList();

        assertThat(Together.call(nodes).stream().filter(Optional::isPresent)).hasSize(1);
    }

    @Test
    void what_is_rolled_back_neither_watches_nor_stands() {
        alerts().watch(BALANCE, NODE, LEASE);
        alerts().mark(BALANCE, NODE, true);
        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    alerts().watch(LAG, NODE, LEASE);
                    alerts().mark(BALANCE, NODE, false);
                    alerts().leave(NODE);
                    alerts().watch(BALANCE, OTHER_NODE, LEASE);
                    throw new IllegalStateException("the caller's own trouble");
                }))
                .hasMessage("the caller's own trouble");

        assertThat(alerts().watch(BALANCE, OTHER_NODE, LEASE)).isEmpty();
        assertThat(alerts().watch(BALANCE, NODE, LEASE)).contains(true);
        assertThat(alerts().watch(LAG, OTHER_NODE, LEASE)).contains(false);
    }
}
