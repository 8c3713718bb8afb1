package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.event.EventKind;
import io.tidings.event.Happening;
import io.tidings.outbox.Lookout.Renewal;
import io.tidings.outbox.Lookout.Told;
import io.tidings.outbox.Lookout.Watch;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import io.tidings.outbox.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the lookout is sure that nothing is due, and what it renews then. What it must see is in the contract. */
class JdbcLookoutTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String NODE = "node-a";
    private static final String OTHER = "node-b";

    private enum Kind {
        POSTGRESQL,
        H2;

        Database open() {
            return this == H2
                    ? JdbcStores.on(Databases.h2()).database()
                    : JdbcStores.on(Databases.postgres())
                            .withSchema(Databases.postgresSchema())
                            .database();
        }
    }

    private static boolean isCalm(Stores stores, int others, Renewal renewal) {
        Told told = new Told(Set.of(EventKind.MESSAGE_SENT), Set.of("crm"));
        return stores.lookout().isCalm(new Watch(NODE, LEASE, Duration.ofSeconds(3), others, told), renewal);
    }

    private static QueueRow enqueue(Stores stores) {
        QueueRow row = Messages.waiting();
        stores.outbox().enqueue(List.of(Messages.incoming(row)));
        return row;
    }

    private static void end(Stores stores, QueueRow row) {
        QueueRow begun = stores.work().begin(NODE, List.of(row)).get(0);
        assertThat(stores.work().settle(new Settled.Leave(begun.attempt()))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void empty_stores_are_calm_whatever_else_nodes_may_hear(Kind kind) {
        Stores stores = JdbcStores.stores(kind.open());
        stores.work().own(NODE, LEASE);
        stores.records()
                .events()
                .append(List.of(new Happening(EventKind.MESSAGE_QUEUED, Messages.LONG_AGO, "first", Map.of())));

        assertThat(isCalm(stores, 0, Renewal.NOTHING)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_due_for_long_and_what_another_node_sends_is_no_reason_to_work(Kind kind) {
        Stores stores = JdbcStores.stores(kind.open());
        QueueRow later = enqueue(stores);
        stores.work().own(NODE, LEASE);
        stores.work().settle(new Settled.Delay(later.stored().id(), Duration.ofMinutes(1)));
        assertThat(isCalm(stores, 0, Renewal.NOTHING)).isTrue();
        stores.work().disown(NODE);
        enqueue(stores);
        stores.work().own(OTHER, LEASE);

        assertThat(isCalm(stores, 1, Renewal.NOTHING)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_renewed_presence_counts_and_one_that_was_lost_is_told(Kind kind) {
        Database database = kind.open();
        Stores stores = JdbcStores.stores(database);
        stores.work().own(NODE, LEASE);
        for (int i = 0; i < 5; i++) {
            database.advance(Duration.ofSeconds(5));
            assertThat(isCalm(stores, 0, Renewal.PRESENCE)).isTrue();
        }
        assertThat(stores.work().own(OTHER, LEASE).others()).isEqualTo(1);
        stores.work().disown(OTHER);

        database.advance(Duration.ofSeconds(11));

        assertThat(isCalm(stores, 0, Renewal.PRESENCE)).isFalse();
        assertThat(isCalm(stores, 0, Renewal.NOTHING)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void renewed_senders_stay_with_their_node(Kind kind) {
        Database database = kind.open();
        Stores stores = JdbcStores.stores(database);
        QueueRow row = enqueue(stores);
        stores.work().own(NODE, LEASE);
        end(stores, row);

        database.advance(Duration.ofSeconds(40));
        assertThat(isCalm(stores, 0, Renewal.SENDERS)).isTrue();
        database.advance(Duration.ofSeconds(40));
        enqueue(stores);

        assertThat(stores.work().own(OTHER, LEASE).senders()).isEmpty();
        database.advance(Duration.ofSeconds(21));
        assertThat(stores.work().own(OTHER, LEASE).senders()).hasSize(1);
        assertThat(isCalm(stores, 1, Renewal.SENDERS)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void renewed_slots_stay_with_their_node(Kind kind) {
        Database database = kind.open();
        Stores stores = JdbcStores.stores(database);
        stores.work().own(NODE, LEASE);
        assertThat(stores.limits().slots("account|default", 10, NODE, 0, LEASE)).isEqualTo(10);

        database.advance(Duration.ofSeconds(40));
        assertThat(isCalm(stores, 0, Renewal.SLOTS)).isTrue();
        database.advance(Duration.ofSeconds(40));
        assertThat(stores.limits().slots("account|default", 10, OTHER, 0, LEASE))
                .isZero();

        database.advance(Duration.ofSeconds(21));
        assertThat(isCalm(stores, 0, Renewal.SLOTS)).isFalse();
    }
}
