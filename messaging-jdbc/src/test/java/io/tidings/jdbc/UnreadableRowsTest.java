package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.audit.AuditQuery;
import io.tidings.endpoint.DeliveryStore;
import io.tidings.endpoint.WaitingDelivery;
import io.tidings.event.EventKind;
import io.tidings.event.EventRow;
import io.tidings.event.Happening;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageId;
import io.tidings.message.TraceParent;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Skip;
import io.tidings.outbox.Stores;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that this version cannot read stop nobody, and are lost to nobody. */
class UnreadableRowsTest {
    private static final ColumnCipher CLEAR = new ClearColumns();

    private static Database database(Dialect dialect) {
        return dialect == Dialect.H2
                ? JdbcStores.on(Databases.h2()).database()
                : JdbcStores.on(Databases.postgres())
                        .withSchema(Databases.postgresSchema())
                        .database();
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, '{\"v\":2}'",
        "POSTGRESQL, 'no json'",
        "POSTGRESQL, '{\"v\":1}'",
        "H2, '{\"v\":2}'",
        "H2, '[]'",
    })
    void they_are_set_aside_with_a_reason_and_the_others_flow(Dialect dialect, String body) {
        Database database = database(dialect);
        Stores stores = JdbcStores.stores(database);
        QueueRow poison = Messages.waiting(message -> message.tag("order", "42"));
        QueueRow healthy = Messages.waiting();
        stores.outbox().enqueue(List.of(Messages.incoming(poison), Messages.incoming(healthy)));
        database.update(
                "UPDATE tidings_queue SET body = ? WHERE id = ?",
                values -> values.text(body).id(poison.stored().id()));

        assertThat(stores.outbox().find(poison.stored().id())).isEmpty();
        assertThat(stores.outbox().tagged(poison.stored().message().tenant(), "order", "42"))
                .isEmpty();
        assertThat(stores.work().due(Messages.QUEUE, 10, Skip.NONE)).containsExactly(healthy);

        assertThat(stores.outbox().counts().total()).isEqualTo(1);
        assertThat(database.query(
                        "SELECT id, body FROM tidings_quarantine", values -> {}, row -> row.id() + row.text()))
                .containsExactly(poison.stored().id() + body);
    }

    @Test
    void one_that_is_in_the_air_is_set_aside_by_recovery() {
        Database database = database(Dialect.POSTGRESQL);
        Stores stores = JdbcStores.stores(database);
        QueueRow poison = Messages.waiting();
        QueueRow healthy = Messages.waiting();
        stores.outbox().enqueue(List.of(Messages.incoming(poison), Messages.incoming(healthy)));
        stores.work().own("node", Duration.ofMinutes(1));
        stores.work().begin("node", List.of(poison, healthy));
        database.update(
                "UPDATE tidings_queue SET failure = 'x' WHERE id = ?",
                values -> values.id(poison.stored().id()));
        stores.work().disown("node");

        assertThat(stores.work().recover(10))
                .extracting(row -> row.stored().id())
                .containsExactly(healthy.stored().id());
        assertThat(stores.work().recover(10)).isEmpty();
    }

    @Test
    void everything_that_a_message_can_hold_is_read_as_it_was_written() {
        List<Content> contents = List.of(
                new Content.Text("Grüße 👋 \"quoted\" \\ \u2028 end"),
                new Content.Media(new MessageBody(""), List.of(URI.create("https://example.org/a?b=c&d=%20"))));
        Stream.concat(
                        contents.stream().map(content -> Messages.waiting(message -> message.content(content))),
                        Stream.of(
                                Messages.waiting(message -> message.content(new Content.Approved(
                                        "HX" + "a".repeat(32), Map.of("1", "Ann", "2", ""), new MessageBody("")))),
                                Messages.waiting(message -> message.topic("offers")
                                        .answers("SM1")
                                        .zone(ZoneId.of("Pacific/Apia"))
                                        .trace(new TraceParent(
                                                "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true))
                                        .smartEncoding()
                                        .allowRepeat()
                                        .orderKey("talk")
                                        .at(Instant.MAX)
                                        .expiresAfter(Duration.ofNanos(1)))))
                .forEach(row -> assertThat(
                                MessageCodec.read(row.stored().id(), MessageCodec.write(row.stored(), CLEAR), CLEAR))
                        .isEqualTo(row.stored()));
    }

    @ParameterizedTest
    @CsvSource({"POSTGRESQL", "H2"})
    void half_an_emoji_is_refused_before_a_driver_replaces_it(Dialect dialect) {
        Stores stores = JdbcStores.stores(database(dialect));
        QueueRow row = Messages.waiting(message -> message.key("order \ud83d"));

        assertThatThrownBy(() -> stores.outbox().enqueue(List.of(Messages.incoming(row))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lone surrogate");

        assertThat(stores.outbox().counts().total()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"POSTGRESQL", "H2"})
    void a_page_of_deliveries_is_full_without_those_that_cannot_be_read(Dialect dialect) {
        Database database = database(dialect);
        DeliveryStore deliveries = JdbcStores.stores(database).records().deliveries();
        for (int number = 1; number <= 5; number++) {
            Happening what =
                    new Happening(EventKind.MESSAGE_DELIVERED, Instant.EPOCH, "m" + number, Map.of("fact", "true"));
            deliveries.append(new EventRow(number, what, 1), List.of("crm"));
        }
        database.update("UPDATE tidings_delivery SET facts = 'no json' WHERE event IN (2, 3)", values -> {});

        List<WaitingDelivery> page = deliveries.waiting("crm", 0, 3);

        assertThat(page)
                .extracting(each -> each.delivery().event().number())
                .as("three, so that there may be more")
                .containsExactly(1L, 4L, 5L);
        assertThat(deliveries.waiting("crm", page.get(2).delivery().place(), 3)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"POSTGRESQL", "H2"})
    void a_message_is_explained_without_what_was_tampered_with_in_its_audit_entries(Dialect dialect) {
        Database database = database(dialect);
        try (PersonsLife life = new PersonsLife(JdbcStores.stores(database))) {
            MessageId id = life.live();
            int entries = life.tidings.audit().search(AuditQuery.all()).size();
            assertThat(database.update("UPDATE tidings_audit_data SET person = 'somebody'", values -> {}))
                    .isPositive();

            assertThat(life.tidings.explain(id)).isPresent();
            assertThat(life.tidings.audit().search(AuditQuery.all())).hasSize(entries);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"POSTGRESQL", "H2"})
    void a_value_that_no_version_writes_is_no_mistake_of_who_asks(Dialect dialect) {
        Database database = database(dialect);
        try (PersonsLife life = new PersonsLife(JdbcStores.stores(database))) {
            life.live();
            database.update("UPDATE tidings_audit SET actor_kind = 'ROBOT'", values -> {});

            assertThatThrownBy(() -> life.tidings.audit().search(AuditQuery.all()))
                    .isInstanceOf(UnreadableRowException.class);
        }
    }
}
