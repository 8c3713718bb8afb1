package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Stores;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Searches that are read in a copy of the database, here one that has fallen behind for ever. */
class ReadsTest {
    private final DataSource copy = Databases.h2();
    private final Stores behind = JdbcStores.on(copy).open();
    private final Stores stores =
            JdbcStores.on(Databases.h2()).withReadsFrom(copy).open();

    private List<MessageId> found() {
        return stores
                .records()
                .search()
                .page(MessageFilter.of(TenantId.DEFAULT), MessageOrder.OLDEST, null, 10)
                .stream()
                .map(MessageView::id)
                .toList();
    }

    private static MessageId enqueue(Stores where) {
        QueueRow row = Messages.waiting();
        where.outbox().enqueue(List.of(Messages.incoming(row)));
        return row.stored().id();
    }

    @Test
    void a_search_shows_what_the_copy_has() {
        MessageId old = enqueue(behind);
        MessageId young = enqueue(stores);

        assertThat(found()).containsExactly(old);
        assertThat(stores.outbox().find(young)).as("the rest stays at home").isPresent();
        assertThat(stores.outbox().find(old)).isEmpty();
    }

    @Test
    void a_search_inside_a_transaction_sees_what_that_wrote() {
        enqueue(behind);

        stores.transactions().execute(() -> {
            MessageId mine = enqueue(stores);
            assertThat(found()).containsExactly(mine);
        });
    }
}
