package io.tidings.inbound;

import static io.tidings.inbound.InboundScene.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.audit.Action;
import io.tidings.audit.AuditQuery;
import io.tidings.history.InboundState;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import io.tidings.webhook.WebhookEntry;
import io.tidings.webhook.WebhookEntry.Kind;
import io.tidings.webhook.WebhookFilter;
import io.tidings.webhook.WebhookLog;
import io.tidings.webhook.WebhookLog.Replay;
import io.tidings.webhook.WebhookPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All webhooks in one list, and taking one of them in again. */
class WebhookLogTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final WebhookFilter ALL = WebhookFilter.of(TENANT);

    private final AtomicInteger handled = new AtomicInteger();
    private boolean broken;
    private int cars;
    private final InboundScene scene = new InboundScene(settings -> settings.inbound(
                    InboundSettings.defaults().withAttempts(1))
            .onMessage(message -> {
                handled.incrementAndGet();
                if (broken) {
                    throw new IllegalStateException("the calendar is away");
                }
                return Reply.text("You said " + message.text());
            }));

    @AfterEach
    void close() {
        scene.close();
    }

    private WebhookLog log() {
        return scene.tidings.webhookLog();
    }

    private List<WebhookEntry> found(WebhookFilter filter) {
        return log().page(filter, null, 1000).entries();
    }

    /** A message that the provider says was sent, then delivered, a second apart; a text that was answered comes later. */
    private AttemptId talk() {
        MessageId id =
                scene.tidings.sms(CUSTOMER, "Your car " + ++cars + " is ready.").id();
        scene.run();
        AttemptId attempt = new AttemptId(id, 1);
        String sid = scene.stores.attempts().attempts(id).get(0).sid();
        for (String status : List.of("sent", "delivered")) {
            scene.forward(Duration.ofSeconds(1));
            assertThat(scene.tidings.webhooks().replay(attempt, Map.of("MessageSid", sid, "MessageStatus", status)))
                    .isTrue();
        }
        scene.forward(Duration.ofSeconds(1));
        scene.text("hello");
        scene.run();
        return attempt;
    }

    @Test
    void statuses_and_texts_are_one_list_with_the_newest_first() {
        AttemptId attempt = talk();

        List<WebhookEntry> all = found(ALL);

        assertThat(all).extracting(WebhookEntry::kind).containsExactly(Kind.INBOUND, Kind.STATUS, Kind.STATUS);
        assertThat(all).extracting(WebhookEntry::outcome).containsExactly("DONE", "DELIVERED", "SENT");
        assertThat(all.get(0).parameters()).containsEntry("Body", "hello");
        assertThat(all.get(1).attempt()).isEqualTo(attempt);
        assertThat(all.toString()).doesNotContain("hello").doesNotContain(CUSTOMER);
        assertThat(found(WebhookFilter.of(new TenantId("other")))).isEmpty();
    }

    @Test
    void a_filter_finds_what_it_says() {
        talk();
        Instant delivered = found(ALL.ended("DELIVERED")).get(0).at();

        assertThat(found(ALL.of(Kind.INBOUND))).hasSize(1);
        assertThat(found(ALL.of(Kind.STATUS))).hasSize(2);
        assertThat(found(ALL.ended("QUARANTINED"))).isEmpty();
        assertThat(found(ALL.between(delivered, delivered.plusMillis(1))))
                .extracting(WebhookEntry::outcome)
                .containsExactly("DELIVERED");
        assertThat(found(ALL.between(Instant.EPOCH, delivered)))
                .extracting(WebhookEntry::outcome)
                .containsExactly("SENT");
    }

    @Test
    void pages_of_any_size_are_the_same_list() {
        for (int i = 0; i < 5; i++) {
            talk();
        }
        List<WebhookEntry> whole = found(ALL);
        assertThat(whole).hasSize(15);

        for (int size : new int[] {1, 2, 4, 15}) {
            List<WebhookEntry> paged = new ArrayList<>();
            @Nullable String next = null;
            do {
                WebhookPage page = log().page(ALL, next, size);
                assertThat(page.entries()).as("a page of %s", size).hasSizeBetween(1, size);
                paged.addAll(page.entries());
                next = page.next();
            } while (next != null);
            assertThat(paged).as("pages of %s", size).isEqualTo(whole);
        }
        assertThatThrownBy(() -> log().page(ALL, "12", 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_was_handled_is_neither_handled_nor_answered_again() {
        talk();
        String id = found(ALL.of(Kind.INBOUND)).get(0).id();
        List<String> before = scene.sent();

        for (int i = 0; i < 3; i++) {
            assertThat(log().replay(TENANT, id)).isEqualTo(Replay.NOTHING_TO_DO);
            scene.run();
        }

        assertThat(handled).hasValue(1);
        assertThat(scene.sent()).isEqualTo(before).contains("You said hello");
        assertThat(replays()).isZero();
    }

    @Test
    void a_text_in_quarantine_begins_anew_and_is_answered_once() {
        broken = true;
        scene.text("hello");
        for (int i = 0; i < 3; i++) {
            scene.run();
            scene.forward(Duration.ofHours(1));
        }
        WebhookEntry stuck = found(ALL).get(0);
        assertThat(stuck.outcome()).isEqualTo(InboundState.QUARANTINED.name());
        int tried = handled.get();

        broken = false;
        assertThat(log().replay(new TenantId("other"), stuck.id())).isEqualTo(Replay.UNKNOWN);
        assertThat(log().replay(TENANT, stuck.id())).isEqualTo(Replay.TAKEN_IN);
        assertThat(log().replay(TENANT, stuck.id())).isEqualTo(Replay.NOTHING_TO_DO);
        scene.run();
        assertThat(log().replay(TENANT, stuck.id())).isEqualTo(Replay.NOTHING_TO_DO);
        scene.run();

        assertThat(handled).hasValue(tried + 1);
        assertThat(scene.sent()).containsExactly("You said hello");
        assertThat(replays()).isEqualTo(1);
    }

    @Test
    void a_status_that_is_taken_in_again_changes_nothing_and_is_in_the_trail() {
        AttemptId attempt = talk();
        String sent = found(ALL.ended("SENT")).get(0).id();

        assertThat(log().replay(TENANT, sent)).isEqualTo(Replay.TAKEN_IN);

        assertThat(scene.stores.attempts().attempts(attempt.message()).get(0).status())
                .isEqualTo(AttemptStatus.DELIVERED);
        assertThat(replays()).isEqualTo(1);
        for (String unknown : List.of("status-999", "status-x", "inbound-x", "x", "inbound-" + attempt.message())) {
            assertThat(log().replay(TENANT, unknown)).as(unknown).isEqualTo(Replay.UNKNOWN);
        }
        assertThat(log().replay(new TenantId("other"), sent)).isEqualTo(Replay.UNKNOWN);
    }

    private int replays() {
        return scene.tidings
                .audit()
                .search(AuditQuery.all().of(Action.WEBHOOK_REPLAYED))
                .size();
    }
}
