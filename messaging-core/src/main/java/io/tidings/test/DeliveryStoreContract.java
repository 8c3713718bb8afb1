package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.endpoint.Delivery;
import io.tidings.endpoint.DeliveryStore;
import io.tidings.endpoint.EndpointState;
import io.tidings.endpoint.EndpointStore;
import io.tidings.endpoint.WaitingDelivery;
import io.tidings.event.EventCounts;
import io.tidings.event.EventKind;
import io.tidings.event.EventRow;
import io.tidings.event.Happening;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link DeliveryStore} and its {@link EndpointStore} do. */
abstract class DeliveryStoreContract extends StoreContract {

    DeliveryStoreContract(AllStoresContract author) {
        super(author);
    }

    private DeliveryStore deliveries() {
        return stores().records().deliveries();
    }

    private EndpointStore endpoints() {
        return stores().records().endpoints();
    }

    private static EventRow event(long number, String subject) {
        Happening what = new Happening(
                EventKind.OPTED_OUT, LONG_AGO, subject, Map.of("number", "+12025550100", "why", "é€ 'x'"));
        return new EventRow(number, what, 3);
    }

    private void append(long number, String... endpoints) {
        deliveries().append(event(number, "m" + number), List.of(endpoints));
    }

    private List<Delivery> claim(String endpoint) {
        return deliveries().claim(endpoint, 10, LEASE);
    }

    private Delivery claimOne(String endpoint) {
        return deliveries().claim(endpoint, 1, LEASE).get(0);
    }

    @Test
    void each_endpoint_gets_the_event_as_it_was() {
        deliveries().append(event(7, "m7"), List.of("crm", "desk"));

        assertThat(claim("crm")).singleElement().satisfies(delivery -> {
            assertThat(delivery.endpoint()).isEqualTo("crm");
            assertThat(delivery.event())
                    .isEqualTo(new EventRow(7, event(7, "m7").what(), 1));
        });
        assertThat(claim("desk")).hasSize(1);
        assertThat(claim("nobody")).isEmpty();
        assertThat(deliveries().counts("crm")).isEqualTo(new EventCounts(1, 0));
    }

    @Test
    void a_claimed_delivery_is_left_alone_until_its_lease_ends() {
        append(1, "crm");
        Delivery first = claimOne("crm");
        assertThat(claim("crm")).isEmpty();

        advance(LEASE.plusSeconds(1));

        Delivery second = claimOne("crm");
        assertThat(second.tries()).isEqualTo(2);
        assertThat(deliveries().finish(first)).isFalse();
        assertThat(deliveries().postpone(first, Duration.ZERO)).isFalse();
        assertThat(deliveries().setAside(first)).isFalse();
        assertThat(deliveries().finish(second)).isTrue();
        assertThat(deliveries().finish(second)).isFalse();
        assertThat(deliveries().counts("crm")).isEqualTo(new EventCounts(0, 0));
    }

    @Test
    void a_postponed_delivery_holds_nobody_back() {
        append(1, "crm");
        append(2, "crm");
        assertThat(deliveries().postpone(claimOne("crm"), Duration.ofMinutes(10)))
                .isTrue();

        assertThat(claim("crm")).extracting(each -> each.event().number()).containsExactly(2L);
        advance(Duration.ofMinutes(10));

        assertThat(claim("crm")).hasSize(2);
    }

    @Test
    void what_is_set_aside_waits_for_an_operator() {
        append(1, "crm", "desk");
        assertThat(deliveries().setAside(claimOne("crm"))).isTrue();
        assertThat(deliveries().setAside(claimOne("desk"))).isTrue();
        advance(Duration.ofDays(1));
        assertThat(claim("crm")).isEmpty();
        assertThat(deliveries().counts("crm")).isEqualTo(new EventCounts(0, 1));

        assertThat(deliveries().retryAll("crm")).isOne();

        assertThat(claimOne("crm").tries()).isOne();
        assertThat(deliveries().counts("desk")).isEqualTo(new EventCounts(0, 1));
    }

    @Test
    void deliveries_about_forgotten_subjects_are_gone() {
        deliveries().append(event(1, "default/+12025550100"), List.of("crm", "desk"));
        deliveries().append(event(2, "default/+12025550101"), List.of("crm"));

        assertThat(deliveries().forget(Set.of("default/+12025550100", "nobody")))
                .isEqualTo(2);

        assertThat(claim("crm")).extracting(each -> each.event().number()).containsExactly(2L);
        assertThat(claim("desk")).isEmpty();
    }

    @Test
    void deliveries_that_nobody_took_for_long_are_removed() {
        append(1, "crm");
        append(2, "crm");
        deliveries().setAside(claimOne("crm"));
        advance(Duration.ofDays(2));
        append(3, "crm");

        assertThat(deliveries().removeOlderThan(Duration.ofDays(1), 1)).isOne();
        assertThat(deliveries().removeOlderThan(Duration.ofDays(1), 10)).isOne();
        assertThat(deliveries().removeOlderThan(Duration.ofDays(1), 10)).isZero();

        assertThat(claim("crm")).extracting(each -> each.event().number()).containsExactly(3L);
    }

    @Test
    void a_disabled_endpoint_gets_nothing_and_loses_nothing() {
        endpoints().add(List.of("crm", "desk"));
        append(1, "crm", "desk");
        assertThat(endpoints().disable("crm", "it is gone")).isTrue();
        assertThat(endpoints().disable("crm", "again")).isFalse();

        assertThat(claim("crm")).isEmpty();
        assertThat(claim("desk")).hasSize(1);
        assertThat(endpoints().find("crm")).contains(new EndpointState(null, "it is gone"));
        assertThat(endpoints().enable("crm")).isTrue();
        assertThat(endpoints().enable("crm")).isFalse();

        assertThat(claim("crm")).hasSize(1);
    }

    @Test
    void an_endpoint_fails_from_the_first_failure_until_a_success() {
        endpoints().add(List.of("crm"));
        endpoints().add(List.of("crm"));
        assertThat(endpoints().find("crm")).contains(EndpointState.WELL);
        assertThat(endpoints().find("desk")).isEmpty();

        assertThat(endpoints().failed("crm")).isZero();
        advance(Duration.ofHours(5));
        assertThat(endpoints().failed("crm")).isBetween(Duration.ofHours(5), Duration.ofHours(6));
        assertThat(endpoints().find("crm").orElseThrow().failingFor())
                .isBetween(Duration.ofHours(5), Duration.ofHours(6));
        endpoints().succeeded("crm");

        assertThat(endpoints().find("crm")).contains(EndpointState.WELL);
        assertThat(endpoints().failed("crm")).isZero();
        endpoints().disable("crm", "it is gone");
        endpoints().enable("crm");
        assertThat(endpoints().find("crm")).contains(EndpointState.WELL);
    }

    @Test
    void nothing_of_it_stays_if_the_transaction_fails() {
        endpoints().add(List.of("crm"));
        append(1, "crm");
        append(2, "crm");
        Delivery claimed = claimOne("crm");

        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    append(3, "crm");
                    deliveries().finish(claimed);
                    endpoints().failed("crm");
                    endpoints().disable("crm", "it is gone");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(endpoints().find("crm")).contains(EndpointState.WELL);
        assertThat(claim("crm")).extracting(each -> each.event().number()).containsExactly(2L);
        assertThat(deliveries().finish(claimed)).isTrue();
    }

    @Test
    void of_many_nodes_at_once_one_gets_a_delivery() throws Exception {
        IntStream.range(0, 40).forEach(i -> append(i, "crm"));
        List<Callable<List<Delivery>>> nodes = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<List<Delivery>>) () -> deliveries().claim("crm", 40, LEASE))
                .toList();

        List<Delivery> claimed =
                Together.call(nodes).stream().flatMap(List::stream).toList();

        assertThat(claimed).extracting(Delivery::place).doesNotHaveDuplicates();
        assertThat(claimed.size() + deliveries().claim("crm", 40, LEASE).size()).isEqualTo(40);
    }

    @Test
    void one_that_was_set_aside_begins_anew_alone() {
        append(1, "crm");
        append(2, "crm");
        Delivery first = claimOne("crm");
        Delivery second = claimOne("crm");
        deliveries().setAside(first);
        deliveries().setAside(second);

        assertThat(deliveries().retry("desk", first.place())).isFalse();
        assertThat(deliveries().retry("crm", first.place())).isTrue();
        assertThat(deliveries().retry("crm", first.place())).isFalse();

        assertThat(deliveries().counts("crm")).isEqualTo(new EventCounts(1, 1));
        assertThat(claim("crm")).singleElement().satisfies(again -> {
            assertThat(again.place()).isEqualTo(first.place());
            assertThat(again.tries()).isEqualTo(1);
        });
    }

    @Test
    void what_has_not_succeeded_is_seen_page_by_page() {
        append(1, "crm", "desk");
        append(2, "crm");
        append(3, "crm");
        Delivery first = claimOne("crm");
        deliveries().setAside(first);
        deliveries().finish(claimOne("crm"));

        List<WaitingDelivery> page = deliveries().waiting("crm", 0, 1);
        List<WaitingDelivery> rest =
                deliveries().waiting("crm", page.get(0).delivery().place(), 10);

        assertThat(page).singleElement().satisfies(one -> {
            assertThat(one.setAside()).isTrue();
            assertThat(one.delivery()).isEqualTo(first);
        });
        assertThat(rest).singleElement().satisfies(one -> {
            assertThat(one.setAside()).isFalse();
            assertThat(one.delivery().tries()).isZero();
            assertThat(one.delivery().event().what()).isEqualTo(event(3, "m3").what());
        });
    }
}
