package io.tidings.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidings.Tidings;
import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.history.MessageFilter;
import io.tidings.history.MessageOrder;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.MessageView;
import io.tidings.test.TestTidings;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final MessageFilter ALL = MessageFilter.of(TenantId.DEFAULT);

    private final TestTidings kit = TestTidings.overFake(settings -> settings.repeatWindow(Duration.ZERO));
    private final Tidings tidings = kit.tidings();
    private final History history = tidings.history();

    @AfterEach
    void close() {
        kit.close();
    }

    private List<MessageId> send(int count) {
        List<MessageId> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(tidings.sms("+120255501%02d".formatted(i % 100), "Order " + i)
                    .id());
        }
        return sent;
    }

    private static List<MessageId> ids(MessagePage page) {
        return page.messages().stream().map(MessageView::id).toList();
    }

    @Test
    void pages_follow_each_other_while_messages_are_added() {
        List<MessageId> sent = send(25);
        MessageQuery query = MessageQuery.of(ALL).by(MessageOrder.NEWEST).limit(10);
        List<MessageId> read = new ArrayList<>();
        @Nullable String next = null;
        do {
            MessagePage page = history.page(query.after(next));
            read.addAll(ids(page));
            next = page.next();
            send(3);
        } while (next != null);

        List<MessageId> newestFirst = new ArrayList<>(sent);
        Collections.reverse(newestFirst);
        assertThat(read).isEqualTo(newestFirst);
    }

    @Test
    void the_last_page_says_so_even_if_it_is_full() {
        send(4);

        MessagePage first = history.page(MessageQuery.of(ALL).limit(2));
        MessagePage second = history.page(MessageQuery.of(ALL).limit(2).after(first.next()));

        assertThat(first.next()).isNotNull();
        assertThat(second.messages()).hasSize(2);
        assertThat(second.next()).isNull();
    }

    @Test
    void a_cursor_is_refused_where_it_does_not_belong() {
        send(3);
        String next = history.page(MessageQuery.of(ALL).limit(1)).next();

        assertThatThrownBy(() -> history.page(
                        MessageQuery.of(ALL).by(MessageOrder.OLDEST).after(next)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another order");
        for (String wrong : List.of("", "x", "+++", Objects.requireNonNull(next) + "AAAA")) {
            assertThatThrownBy(() -> history.page(MessageQuery.of(ALL).after(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cursor");
        }
    }

    @Test
    void a_page_has_1_to_1000_messages() {
        for (int limit : List.of(0, -1, 1001)) {
            assertThatThrownBy(() -> MessageQuery.of(ALL).limit(limit)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(MessageQuery.of(ALL).limit(1000).limit()).isEqualTo(1000);
    }

    @Test
    void a_filter_prints_no_number_and_no_value_of_a_tag() {
        String printed = ALL.to(new PhoneNumber("+12025550143"))
                .tagged("customer", "Ann Miller")
                .toString();

        assertThat(printed).doesNotContain("5550143").doesNotContain("Ann Miller");
    }

    @Test
    void an_export_has_every_message_once_in_both_modes() throws IOException {
        List<MessageId> sent = send(1_100);
        kit.fake().failNext(30006);
        kit.runDue();

        for (CsvMode mode : CsvMode.values()) {
            StringWriter out = new StringWriter();
            long count = history.export(ALL, mode, out);

            List<NamedCsvRecord> lines = read(out.toString());
            assertThat(count).isEqualTo(1_100);
            assertThat(lines.stream().map(line -> MessageId.parse(line.getField("id"))))
                    .containsExactlyElementsOf(sent);
            assertThat(lines.get(3).getField("text")).isEqualTo("Order 3");
            assertThat(mode.read(lines.get(3).getField("to"))).isEqualTo("+12025550103");
            assertThat(lines.get(3).getField("to")).startsWith(mode == CsvMode.DATA ? "+" : "'+");
        }
    }

    private static List<NamedCsvRecord> read(String text) throws IOException {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(content)) {
            return reader.stream().toList();
        }
    }

    @Test
    void an_export_is_in_the_audit_trail_without_numbers() throws IOException {
        send(2);
        history.export(ALL.in(MessageStatus.QUEUED), CsvMode.DATA, new StringWriter());

        AuditEntry entry = tidings.audit()
                .search(AuditQuery.all().of(Action.HISTORY_EXPORTED))
                .get(0);
        assertThat(entry.tenant()).isEqualTo(TenantId.DEFAULT);
        assertThat(Objects.requireNonNull(entry.data()).details())
                .containsEntry("messages", "2")
                .containsEntry("mode", "DATA")
                .containsKey("filter");
    }
}
