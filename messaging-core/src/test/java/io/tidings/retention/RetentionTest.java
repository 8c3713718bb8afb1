package io.tidings.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.Tidings;
import io.tidings.analytics.Period;
import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.history.InboundRow;
import io.tidings.history.MessageFilter;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.retention.RetentionPolicy.Kind;
import io.tidings.test.TestTidings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final MessageFilter ALL = MessageFilter.of(TenantId.DEFAULT);

    private final List<KeptMessage> archived = new ArrayList<>();
    private boolean broken;

    private final ArchiveSink archive = new ArchiveSink() {
        @Override
        public void message(KeptMessage message) {
            if (broken) {
                throw new IllegalStateException("the archive is full");
            }
            archived.add(message);
        }

        @Override
        public void inbound(InboundRow message) {}
    };

    private final TestTidings kit = TestTidings.overFake(settings -> settings.repeatWindow(Duration.ZERO)
            .retention(RetentionPolicy.defaults()
                    .keeping(Kind.MESSAGES, Duration.ofDays(30))
                    .withArchive(archive)));
    private final Tidings tidings = kit.tidings();

    @AfterEach
    void close() {
        kit.close();
    }

    private MessageId sent(String text) {
        MessageId id = tidings.sms("+12025550143", text).id();
        kit.runDue();
        return id;
    }

    @Test
    void what_is_too_old_goes_in_batches_and_what_is_not_stays() {
        for (int i = 0; i < 120; i++) {
            tidings.sms("+120255501%02d".formatted(i % 100), "Old " + i);
        }
        kit.runDue().forward(Duration.ofMinutes(5)).runDue();
        kit.time().forward(Duration.ofDays(31));
        MessageId young = sent("Young.");
        long before =
                tidings.counts().values().stream().mapToLong(Long::longValue).sum();

        Retention.Swept swept = tidings.retention().sweep();

        assertThat(before).isEqualTo(121);
        assertThat(swept.messages()).isEqualTo(120);
        assertThat(tidings.find(young)).isPresent();
        assertThat(archived).hasSize(120);
        assertThat(archived.get(0).attempts()).isNotEmpty();
        assertThat(tidings.retention().sweep().messages()).isZero();
    }

    @Test
    void what_the_archive_did_not_take_is_not_deleted() {
        MessageId id = sent("Old.");
        kit.time().forward(Duration.ofDays(31));
        broken = true;

        assertThatThrownBy(() -> tidings.retention().sweep()).hasMessage("the archive is full");
        assertThat(tidings.find(id)).isPresent();

        broken = false;
        assertThat(tidings.retention().sweep().messages()).isEqualTo(1);
        assertThat(tidings.find(id)).isEmpty();
    }

    @Test
    void a_waiting_message_is_never_too_old() {
        MessageId later = tidings.sms()
                .to("+12025550143")
                .text("In a year.")
                .at(kit.time().instant().plus(Duration.ofDays(365)))
                .send()
                .id();
        kit.time().forward(Duration.ofDays(100));

        assertThat(tidings.retention().sweep().messages()).isZero();
        assertThat(tidings.find(later)).isPresent();
    }

    @Test
    void raw_callbacks_go_before_their_messages() {
        sent("Ready.");
        kit.forward(Duration.ofHours(1)).runDue();
        kit.time().forward(Duration.ofDays(29));

        assertThat(tidings.retention().sweep().callbacks()).isZero();
        try (TestTidings other = TestTidings.overFake(settings ->
                settings.retention(RetentionPolicy.defaults().keeping(Kind.CALLBACKS, Duration.ofHours(2))))) {
            MessageId id = other.tidings().sms("+12025550143", "Ready.").id();
            other.runDue().forward(Duration.ofHours(1)).runDue();
            other.time().forward(Duration.ofHours(3));

            assertThat(other.tidings().retention().sweep().callbacks()).isPositive();
            assertThat(other.tidings().explain(id).orElseThrow().attempts())
                    .flatExtracting(story -> story.seen())
                    .allMatch(seen -> seen.raw().isEmpty());
        }
    }

    @Test
    void counters_outlive_the_messages() {
        Period period = new Period(
                kit.time().instant().minusSeconds(1), kit.time().instant().plusSeconds(3600));
        sent("Old.");
        kit.time().forward(Duration.ofDays(31));
        tidings.retention().sweep();

        assertThat(tidings.statistics().totals(TenantId.DEFAULT, period).all()).isEqualTo(1);
    }

    @Test
    void clearing_deletes_what_fits_and_says_so_without_numbers() {
        kit.fake().failNext(21211);
        MessageId failed = sent("No.");
        MessageId other = sent("Yes.");

        long cleared = tidings.retention()
                .clear(
                        ALL.in(MessageStatus.FAILED)
                                .to(tidings.find(failed)
                                        .orElseThrow()
                                        .stored()
                                        .message()
                                        .to()),
                        "test data");

        assertThat(cleared).isEqualTo(1);
        assertThat(tidings.find(failed)).isEmpty();
        assertThat(tidings.find(other)).isPresent();
        AuditEntry entry = tidings.audit()
                .search(AuditQuery.all().of(Action.HISTORY_CLEARED))
                .get(0);
        assertThat(entry.tenant()).isEqualTo(TenantId.DEFAULT);
        assertThat(Objects.requireNonNull(entry.data()).reason()).isEqualTo("test data");
        assertThat(entry.data().details()).containsEntry("messages", "1");
        assertThat(entry.data().details().toString()).doesNotContain("5550143");
    }

    @Test
    void clearing_leaves_what_is_not_at_its_end() {
        MessageId waiting = tidings.sms("+12025550143", "Waits.").id();

        assertThat(tidings.retention().clear(ALL, "everything")).isZero();
        assertThat(tidings.find(waiting)).isPresent();
    }
}
