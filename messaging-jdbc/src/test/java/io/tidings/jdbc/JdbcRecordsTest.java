package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.history.MessageRow;
import io.tidings.message.Channel;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a database can get wrong about records: tags of their own table, texts in texts, rows of a newer version. */
class JdbcRecordsTest {
    private static final MessageFilter ALL = MessageFilter.of(TenantId.DEFAULT);
    private static final MessageFilter TAGGED = ALL.tagged("order", "4%2");

    private static Database database(Dialect dialect) {
        return dialect == Dialect.H2
                ? JdbcStores.on(Databases.h2()).database()
                : JdbcStores.on(Databases.postgres())
                        .withSchema(Databases.postgresSchema())
                        .database();
    }

    private static List<MessageId> found(Stores stores, MessageFilter filter) {
        return stores.records().search().page(filter, MessageOrder.OLDEST, null, 10).stream()
                .map(MessageView::id)
                .toList();
    }

    private static QueueRow tagged() {
        return Messages.waiting(message -> message.tag("order", "4%2"));
    }

    private static MessageRow ended(QueueRow row) {
        return new MessageRow(row.stored(), MessageStatus.CANCELED, row.tries(), null, Messages.LONG_AGO);
    }

    private static void leave(Stores stores, QueueRow row) {
        stores.transactions().execute(() -> {
            assertThat(stores.outbox().withdraw(row.stored().id())).isPresent();
            stores.history().save(ended(row));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void a_tag_is_found_in_the_queue_behind_it_and_after_a_return(Dialect dialect) {
        Stores stores = JdbcStores.stores(database(dialect));
        QueueRow row = tagged();
        MessageId id = row.stored().id();
        stores.outbox().enqueue(List.of(Messages.incoming(row), Messages.incoming(Messages.waiting())));
        assertThat(found(stores, TAGGED)).containsExactly(id);

        leave(stores, row);
        assertThat(found(stores, TAGGED)).containsExactly(id);
        assertThat(stores.outbox().tagged(TenantId.DEFAULT, "order", "4%2")).isEmpty();

        stores.transactions().execute(() -> {
            stores.history().remove(id);
            stores.outbox().reopen(row);
        });
        assertThat(found(stores, TAGGED)).containsExactly(id);

        leave(stores, row);
        assertThat(found(stores, TAGGED)).containsExactly(id);
        assertThat(found(stores, ALL.tagged("order", "42"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void a_message_that_was_refused_at_once_is_found_by_its_tag(Dialect dialect) {
        Stores stores = JdbcStores.stores(database(dialect));
        MessageRow refused = ended(tagged());
        stores.outbox().enqueue(List.of(new Incoming(null, refused, List.of(), "fingerprint")));

        assertThat(found(stores, TAGGED)).containsExactly(refused.stored().id());
        stores.records().retention().delete(List.of(refused.stored().id()));
        assertThat(found(stores, TAGGED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void what_only_looks_like_a_column_is_not_found_and_shortens_no_page(Dialect dialect) {
        Stores stores = JdbcStores.stores(database(dialect));
        List<MessageId> real = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            QueueRow fake = Messages.waiting(
                    message -> message.tag("channel", "WHATSAPP").text("\"template\":{\"name\":\"ready\""));
            QueueRow whatsapp = Messages.waiting(message -> message.channel(Channel.WHATSAPP));
            stores.outbox().enqueue(List.of(Messages.incoming(fake), Messages.incoming(whatsapp)));
            real.add(whatsapp.stored().id());
        }

        assertThat(found(stores, ALL.from("ready"))).isEmpty();
        assertThat(stores.records().search().page(ALL.on(Channel.WHATSAPP), MessageOrder.OLDEST, null, 3))
                .extracting(MessageView::id)
                .containsExactlyElementsOf(real.subList(0, 3));
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void an_error_code_is_found_whole(Dialect dialect) {
        Stores stores = JdbcStores.stores(database(dialect));
        QueueRow row = Messages.waiting();
        Failure failure = new Failure(30_003, ErrorKind.RETRY, "\"code\":3000,", "Wait.");
        stores.history()
                .save(new MessageRow(row.stored(), MessageStatus.FAILED, row.tries(), failure, Messages.LONG_AGO));

        assertThat(found(stores, ALL.failedWith(30_003))).hasSize(1);
        assertThat(found(stores, ALL.failedWith(3_000))).isEmpty();
        assertThat(found(stores, ALL.failedWith(3))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void rows_that_cannot_be_read_hide_nothing_behind_them_and_are_kept(Dialect dialect) {
        Database database = database(dialect);
        Stores stores = JdbcStores.stores(database);
        MessageRow newer = ended(Messages.waiting());
        MessageRow known = ended(Messages.waiting());
        stores.history().save(newer);
        stores.history().save(known);
        MessageId newest = newer.stored().id();
        database.update("UPDATE tidings_message SET body = '{\"v\":2}' WHERE id = ?", values -> values.id(newest));

        assertThat(stores.records().search().page(ALL, MessageOrder.OLDEST, null, 1))
                .extracting(MessageView::id)
                .containsExactly(known.stored().id());
        assertThat(stores.records().retention().ended(Duration.ofDays(1), 10)).containsExactly(known);
        assertThat(stores.records().retention().delete(List.of(newest))).isZero();
    }
}
