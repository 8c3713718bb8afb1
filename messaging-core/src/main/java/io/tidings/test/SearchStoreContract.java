package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.history.MessageRow;
import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.ErrorKind;
import io.tidings.message.Failure;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.outbox.MessageView;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SearchStore;
import io.tidings.outbox.SearchStore.Place;
import io.tidings.outbox.Settled;
import io.tidings.template.TemplateRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link SearchStore} does. */
abstract class SearchStoreContract extends StoreContract {
    private static final TenantId GARAGE = new TenantId("garage");
    private static final MessageFilter ALL = MessageFilter.of(TenantId.DEFAULT);

    SearchStoreContract(AllStoresContract author) {
        super(author);
    }

    private List<MessageId> found(MessageFilter filter) {
        return ids(stores().records().search().page(filter, MessageOrder.OLDEST, null, 100));
    }

    private static List<MessageId> ids(List<MessageView> views) {
        return views.stream().map(MessageView::id).toList();
    }

    private MessageRow saved(QueueRow row, MessageStatus status, @Nullable Failure failure, int second) {
        MessageRow ended = new MessageRow(row.stored(), status, row.tries(), failure, LONG_AGO.plusSeconds(second));
        stores().history().save(ended);
        return ended;
    }

    @Test
    void waiting_and_gone_messages_are_one_list_and_shown_as_they_stand() {
        QueueRow waiting = enqueue();
        QueueRow gone = waiting();
        saved(gone, MessageStatus.DELIVERED, null, 500);

        List<MessageView> page = stores().records().search().page(ALL, MessageOrder.OLDEST, null, 10);

        assertThat(ids(page)).containsExactly(id(waiting), id(gone));
        assertThat(page.get(0).status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(page.get(0).stored()).isEqualTo(waiting.stored());
        assertThat(page.get(0).nextAt()).isEqualTo(waiting.notBefore());
        assertThat(page.get(0).changedAt()).isEqualTo(waiting.stored().acceptedAt());
        assertThat(page.get(1).status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(page.get(1).changedAt()).isEqualTo(LONG_AGO.plusSeconds(500));
        assertThat(page.get(1).nextAt()).isNull();
    }

    @Test
    void each_criterion_holds_alone() {
        QueueRow plain = enqueue();
        QueueRow code = enqueue(message -> message.category(Category.OTP).tag("order", "42"));
        QueueRow other = enqueue(message -> message.tag("order", "43").channel(Channel.WHATSAPP));
        QueueRow failed = waiting();
        saved(failed, MessageStatus.FAILED, LINE_BUSY, 900);

        assertThat(found(ALL)).containsExactly(id(plain), id(code), id(other), id(failed));
        assertThat(found(ALL.to(plain.stored().message().to()))).containsExactly(id(plain));
        assertThat(found(ALL.of(Category.OTP))).containsExactly(id(code));
        assertThat(found(ALL.tagged("order", "42"))).containsExactly(id(code));
        assertThat(found(ALL.tagged("order", "4"))).isEmpty();
        assertThat(found(ALL.tagged("invoice", "42"))).isEmpty();
        assertThat(found(ALL.on(Channel.WHATSAPP))).containsExactly(id(other));
        assertThat(found(ALL.failedWith(LINE_BUSY.code()))).containsExactly(id(failed));
        assertThat(found(ALL.failedWith(1))).isEmpty();
        assertThat(found(
                        ALL.accepted(code.stored().acceptedAt(), failed.stored().acceptedAt())))
                .containsExactly(id(code), id(other));
        assertThat(found(ALL.of(Category.OTP).tagged("order", "43"))).isEmpty();
    }

    @Test
    void each_status_is_found_where_its_row_is() {
        QueueRow later = waiting();
        QueueRow scheduled = new QueueRow(later.stored(), later.state(), FAR_FUTURE, later.tries(), null);
        stores().outbox().enqueue(List.of(incoming(scheduled)));
        QueueRow queued = enqueue();
        QueueRow sending = begin(NODE, enqueue());
        QueueRow held = begin(NODE, enqueue());
        stores().work().settle(new Settled.Hold(held.attempt()));
        QueueRow sent = waiting();
        saved(sent, MessageStatus.SENT, null, 5);

        assertThat(found(ALL.in(MessageStatus.SCHEDULED))).containsExactly(id(scheduled));
        assertThat(found(ALL.in(MessageStatus.QUEUED))).containsExactly(id(queued));
        assertThat(found(ALL.in(MessageStatus.SENDING))).containsExactly(id(sending));
        assertThat(found(ALL.in(MessageStatus.UNCERTAIN))).containsExactly(id(held));
        assertThat(found(ALL.in(MessageStatus.SENT, MessageStatus.QUEUED))).containsExactly(id(queued), id(sent));
        assertThat(found(ALL.in(MessageStatus.DEAD))).isEmpty();
    }

    @Test
    void any_version_and_language_of_a_template_is_found_by_its_name() {
        MessageRow third = rendered(new TemplateRef("ready", 3, Locale.ROOT));
        MessageRow fourth = rendered(new TemplateRef("ready", 4, Locale.forLanguageTag("es-MX")));
        rendered(new TemplateRef("ready-2", 1, Locale.ROOT));
        enqueue();

        assertThat(found(ALL.from("ready")))
                .containsExactly(third.stored().id(), fourth.stored().id());
    }

    private MessageRow rendered(TemplateRef template) {
        StoredMessage plain = waiting().stored();
        StoredMessage stored = new StoredMessage(
                plain.id(), plain.message(), AccountId.DEFAULT, 1, plain.acceptedAt(), null, template, null);
        QueueRow row =
                new QueueRow(stored, QueueRow.State.QUEUED, LONG_AGO, waiting().tries(), null);
        return saved(row, MessageStatus.SENT, null, 1);
    }

    @Test
    void nobody_finds_the_messages_of_another_tenant() {
        QueueRow theirs = enqueue(message -> message.tenant(GARAGE).tag("order", "42"));
        QueueRow gone = waiting(message -> message.tenant(GARAGE));
        saved(gone, MessageStatus.SENT, null, 1);
        enqueue(message -> message.tag("order", "42"));

        assertThat(found(MessageFilter.of(GARAGE))).containsExactly(id(theirs), id(gone));
        assertThat(found(MessageFilter.of(GARAGE).tagged("order", "42"))).containsExactly(id(theirs));
        assertThat(found(MessageFilter.of(new TenantId("nobody")))).isEmpty();
    }

    @Test
    void pages_of_any_size_in_any_order_hold_everything_once() {
        long seed = Long.getLong("tidings.seed", 11L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            if (random.nextBoolean()) {
                enqueue();
            } else {
                saved(waiting(), MessageStatus.SENT, null, random.nextInt(6));
            }
        }
        for (MessageOrder order : MessageOrder.values()) {
            int size = random.nextInt(1, 12);
            List<MessageView> read = pages(ALL, order, size);
            assertThat(read)
                    .as("seed %s, %s by %s", seed, order, size)
                    .hasSize(40)
                    .isSortedAccordingTo(sorted(order));
            assertThat(ids(read)).doesNotHaveDuplicates();
        }
    }

    /** All pages, one after the other. */
    private List<MessageView> pages(MessageFilter filter, MessageOrder order, int size) {
        List<MessageView> read = new ArrayList<>();
        @Nullable Place after = null;
        List<MessageView> page = stores().records().search().page(filter, order, after, size);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            read.addAll(page);
            after = Place.of(page.get(page.size() - 1), order);
            page = stores().records().search().page(filter, order, after, size);
        }
        return read;
    }

    @Test
    void pages_of_a_tag_hold_what_carries_it_in_any_order_and_with_other_criteria() {
        long seed = Long.getLong("tidings.seed", 12L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 30; i++) {
            String campaign = random.nextInt(4) == 0 ? "autumn" : "spring";
            QueueRow row = enqueue(message -> message.tag("campaign", campaign).tag("order", "o"));
            if (random.nextBoolean()) {
                left(
                        begin(NODE, row),
                        random.nextBoolean() ? MessageStatus.SENT : MessageStatus.DELIVERED,
                        random.nextInt(6));
            }
        }
        MessageFilter spring = ALL.tagged("campaign", "spring");
        for (MessageFilter filter : List.of(
                spring,
                spring.in(MessageStatus.QUEUED, MessageStatus.SENT),
                spring.in(MessageStatus.SENT, MessageStatus.DELIVERED),
                spring.accepted(LONG_AGO.plusSeconds(8), LONG_AGO.plusSeconds(22)))) {
            for (MessageOrder order : MessageOrder.values()) {
                List<MessageView> expected = pages(ALL, order, 50).stream()
                        .filter(view -> filter.holds(view.stored(), view.status(), view.failure()))
                        .toList();

                assertThat(ids(pages(filter, order, random.nextInt(1, 8))))
                        .as("seed %s, %s by %s", seed, filter, order)
                        .isNotEmpty()
                        .isEqualTo(ids(expected));
            }
        }
    }

    private void left(QueueRow begun, MessageStatus status, int changedAt) {
        stores().transactions().execute(() -> {
            stores().work().settle(new Settled.Leave(begun.attempt()));
            saved(begun, status, null, changedAt);
        });
    }

    private static Comparator<MessageView> sorted(MessageOrder order) {
        Comparator<MessageView> oldest = Comparator.<MessageView, Instant>comparing(
                        view -> view.stored().acceptedAt())
                .thenComparing(MessageView::id);
        return switch (order) {
            case OLDEST -> oldest;
            case NEWEST -> oldest.reversed();
            case LAST_CHANGED ->
                Comparator.comparing(MessageView::changedAt)
                        .thenComparing(MessageView::id)
                        .reversed();
        };
    }

    @Test
    void messages_that_are_added_or_leave_the_queue_do_not_move_the_pages() {
        QueueRow first = enqueue();
        QueueRow second = begin(NODE, enqueue());
        QueueRow third = enqueue();
        List<MessageView> page = stores().records().search().page(ALL, MessageOrder.NEWEST, null, 1);
        assertThat(ids(page)).containsExactly(id(third));

        enqueue();
        stores().transactions().execute(() -> {
            stores().work().settle(new Settled.Leave(second.attempt()));
            saved(second, MessageStatus.DEAD, new Failure(0, ErrorKind.RETRY, "No.", "Wait."), 99_000);
        });
        Place after = Place.of(page.get(0), MessageOrder.NEWEST);

        assertThat(ids(stores().records().search().page(ALL, MessageOrder.NEWEST, after, 10)))
                .containsExactly(id(second), id(first));
    }

    @Test
    void a_message_that_becomes_due_is_queued_without_being_touched() {
        QueueRow row = enqueue();
        stores().work().settle(new Settled.Delay(id(row), Duration.ofHours(2)));
        assertThat(found(ALL.in(MessageStatus.SCHEDULED))).containsExactly(id(row));

        advance(Duration.ofHours(3));

        assertThat(found(ALL.in(MessageStatus.SCHEDULED))).isEmpty();
        assertThat(found(ALL.in(MessageStatus.QUEUED))).containsExactly(id(row));
    }
}
