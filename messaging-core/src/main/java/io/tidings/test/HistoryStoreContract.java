package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.HistoryStore;
import io.tidings.history.MessageRow;
import io.tidings.history.TryCount;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.QueueRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link HistoryStore} does. */
abstract class HistoryStoreContract extends StoreContract {
    private static final List<MessageStatus> ENDS = List.of(
            MessageStatus.ACCEPTED,
            MessageStatus.SENT,
            MessageStatus.DELIVERED,
            MessageStatus.DEAD,
            MessageStatus.READ);

    HistoryStoreContract(AllStoresContract author) {
        super(author);
    }

    private HistoryStore history() {
        return stores().history();
    }

    private MessageRow row(MessageStatus status, int second) {
        return new MessageRow(waiting().stored(), status, new TryCount(2, 1), LINE_BUSY, LONG_AGO.plusSeconds(second));
    }

    @Test
    void a_row_is_kept_as_it_was_saved() {
        MessageRow failed = row(MessageStatus.FAILED, 7);
        MessageRow delivered = row(MessageStatus.DELIVERED, 8).with(MessageStatus.DELIVERED, null, LONG_AGO);

        history().save(failed);
        history().save(delivered);

        assertThat(history().find(failed.stored().id())).contains(failed);
        assertThat(history().find(delivered.stored().id())).contains(delivered);
        assertThat(history().find(id(waiting()))).isEmpty();
    }

    @Test
    void saving_again_replaces_and_moves_the_count() {
        MessageRow accepted = row(MessageStatus.ACCEPTED, 1);
        history().save(accepted);

        MessageRow sent = accepted.with(MessageStatus.SENT, null, LONG_AGO.plusSeconds(9));
        history().save(sent);
        history().save(sent);

        assertThat(history().find(accepted.stored().id())).contains(sent);
        assertThat(history().counts()).isEqualTo(Map.of(MessageStatus.SENT, 1L));
    }

    @Test
    void a_removed_row_is_gone_and_removing_nothing_does_nothing() {
        MessageRow dead = row(MessageStatus.DEAD, 1);
        history().save(dead);

        history().remove(dead.stored().id());
        history().remove(dead.stored().id());

        assertThat(history().find(dead.stored().id())).isEmpty();
        assertThat(history().counts()).isEmpty();
        assertThat(history().withStatus(MessageStatus.DEAD, 10)).isEmpty();
    }

    @Test
    void rows_with_a_status_come_in_the_order_of_their_last_change_up_to_the_limit() {
        MessageRow third = row(MessageStatus.DEAD, 30);
        MessageRow first = row(MessageStatus.DEAD, 10);
        MessageRow second = row(MessageStatus.DEAD, 20);
        List.of(third, first, second, row(MessageStatus.FAILED, 5)).forEach(history()::save);

        assertThat(history().withStatus(MessageStatus.DEAD, 10)).containsExactly(first, second, third);
        assertThat(history().withStatus(MessageStatus.DEAD, 2)).containsExactly(first, second);
        assertThat(history().withStatus(MessageStatus.EXPIRED, 10)).isEmpty();
    }

    @Test
    void counts_and_rows_stay_right_whatever_is_saved_removed_and_rolled_back() {
        long seed = Long.getLong("tidings.seed", 7L);
        SplittableRandom random = new SplittableRandom(seed);
        List<QueueRow> messages = List.of(waiting(), waiting(), waiting(), waiting(), waiting(), waiting());
        Map<MessageId, MessageRow> model = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            Map<MessageId, MessageRow> changed = new HashMap<>(model);
            boolean undone = random.nextInt(3) == 0;
            try {
                stores().transactions().execute(() -> {
                    for (int change = random.nextInt(1, 5); change > 0; change--) {
                        change(random, messages, changed);
                    }
                    if (undone) {
                        throw new IllegalStateException("undo");
                    }
                });
                model = changed;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("undo");
            }
            assertAgrees("seed " + seed + ", step " + i, messages, model);
        }
    }

    private void change(SplittableRandom random, List<QueueRow> messages, Map<MessageId, MessageRow> model) {
        QueueRow message = messages.get(random.nextInt(messages.size()));
        if (random.nextInt(3) == 0) {
            history().remove(id(message));
            model.remove(id(message));
        } else {
            MessageRow row = ended(message, ENDS.get(random.nextInt(ENDS.size())));
            history().save(row);
            model.put(id(message), row);
        }
    }

    private void assertAgrees(String step, List<QueueRow> messages, Map<MessageId, MessageRow> model) {
        Map<MessageStatus, Long> counted =
                model.values().stream().collect(Collectors.groupingBy(MessageRow::status, Collectors.counting()));
        assertThat(history().counts()).as(step).isEqualTo(counted);
        List<MessageRow> found = new ArrayList<>();
        messages.forEach(message -> history().find(id(message)).ifPresent(found::add));
        assertThat(found).as(step).containsExactlyInAnyOrderElementsOf(model.values());
    }
}
