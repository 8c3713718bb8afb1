package io.tidings.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.Observation;
import io.tidings.history.WebhookStore;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import io.tidings.test.TestTidings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a page costs over a table of a million rows, of which hardly any is wanted. */
class BoundedLogTest {
    private static final long ROWS = 1_000_000;
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final TenantId RARE = new TenantId("rare");

    private long looked;

    /** A row each ten seconds; number 123,456 is a callback of the rare tenant, the others are the answers to another's. */
    private final WebhookStore store = new WebhookStore() {
        @Override
        public List<Seen> seenBelow(long place, int limit) {
            long top = Math.min(place - 1, ROWS);
            List<Seen> rows = LongStream.iterate(top, each -> each > 0 && each > top - limit, each -> each - 1)
                    .mapToObj(BoundedLogTest::row)
                    .toList();
            looked += rows.size();
            return rows;
        }

        @Override
        public List<Heard> heardBelow(MessageId id, int limit) {
            return List.of();
        }
    };

    private static WebhookStore.Seen row(long place) {
        boolean rare = place == 123_456;
        Observation seen = new Observation(
                AttemptStatus.SENT,
                "SM1",
                0,
                null,
                rare ? Observation.Source.CALLBACK : Observation.Source.ANSWER,
                START.plusSeconds(10 * place),
                Map.of());
        AttemptId attempt = new AttemptId(new MessageId(new UUID(1, place)), 1);
        return new WebhookStore.Seen(place, rare ? RARE : TenantId.DEFAULT, attempt, seen);
    }

    private WebhookPage page(TestTidings kit, WebhookFilter filter, @Nullable String after) {
        looked = 0;
        return new WebhookLog(store, kit.tidings().audit().log(), kit.tidings().inbound(), kit.tidings()::webhooks)
                .page(filter, after, 50);
    }

    @Test
    void a_page_looks_at_five_thousand_rows_and_says_where_to_go_on() {
        try (TestTidings kit = TestTidings.overFake()) {
            WebhookPage page = page(kit, WebhookFilter.of(RARE), null);
            assertThat(page.entries()).isEmpty();
            assertThat(looked).isLessThanOrEqualTo(5_500);

            int pages = 1;
            while (page.entries().isEmpty()) {
                assertThat(page.next()).as("page %s", pages).isNotNull();
                page = page(kit, WebhookFilter.of(RARE), page.next());
                pages++;
            }
            assertThat(page.entries()).extracting(WebhookEntry::id).containsExactly("status-123456");
            assertThat(pages).isBetween(176, 177);
        }
    }

    @Test
    void a_time_is_found_by_halving() {
        try (TestTidings kit = TestTidings.overFake()) {
            Instant at = START.plusSeconds(1_234_560);

            WebhookPage page = page(kit, WebhookFilter.of(RARE).between(at.minusSeconds(60), at.plusSeconds(60)), null);

            assertThat(page.entries()).hasSize(1);
            assertThat(page.next()).isNull();
            assertThat(looked).isLessThan(10_000);
        }
    }
}
