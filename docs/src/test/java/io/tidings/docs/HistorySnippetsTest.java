package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.analytics.Period;
import io.tidings.analytics.Statistics;
import io.tidings.analytics.Step;
import io.tidings.analytics.Totals;
import io.tidings.gate.SendingHours;
import io.tidings.history.MessageFilter;
import io.tidings.message.Category;
import io.tidings.message.MessageStatus;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.report.CsvMode;
import io.tidings.report.MessagePage;
import io.tidings.report.MessageQuery;
import io.tidings.retention.ArchiveSink;
import io.tidings.retention.Dossier;
import io.tidings.retention.People;
import io.tidings.retention.RetentionPolicy;
import io.tidings.tenant.TenantSettings;
import io.tidings.test.TestTidings;
import io.tidings.throttle.Rate;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of docs/history.md. */
class HistorySnippetsTest {
    private final TestTidings kit = TestTidings.overFake(settings -> settings.tenantSettings());
    private final Tidings tidings = kit.tidings();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void messages_are_found_and_exported() throws IOException {
        kit.fake().failNext(21211);
        tidings.sms().to("+12025550143").text("Ready.").tag("order", "42").send();
        kit.runDue();
        StringWriter writer = new StringWriter();
        // tag::search
        MessageFilter failed = MessageFilter.of(TenantId.DEFAULT)
                .in(MessageStatus.FAILED, MessageStatus.UNDELIVERED)
                .tagged("order", "42");
        MessagePage page = tidings.history().page(MessageQuery.of(failed).limit(50));
        MessagePage next =
                tidings.history().page(MessageQuery.of(failed).limit(50).after(page.next()));
        // end::search
        // tag::csv
        long lines = tidings.history().export(failed, CsvMode.SPREADSHEET, writer);
        // end::csv
        assertThat(page.messages()).hasSize(1);
        assertThat(next).isEqualTo(page);
        assertThat(lines).isEqualTo(1);
        assertThat(writer.toString()).contains("'+12025550143");
    }

    @Test
    void messages_are_counted() {
        Instant monday = kit.time().instant();
        ZoneId zone = ZoneId.of("America/New_York");
        tidings.sms("+12025550143", "Ready.");
        kit.runDue();
        // tag::statistics
        Period week = new Period(monday, monday.plus(Duration.ofDays(7)));
        Totals totals = tidings.statistics().totals(TenantId.DEFAULT, week);
        OptionalDouble rate = totals.deliveryRate();
        long open = totals.open();
        List<Statistics.Point> days = tidings.statistics().series(TenantId.DEFAULT, week, Step.DAY, zone);
        // end::statistics
        assertThat(totals.all()).isEqualTo(1);
        assertThat(open + (rate.isPresent() ? 1 : 0)).isEqualTo(1);
        assertThat(days).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void ages_are_set() {
        ArchiveSink archive = ArchiveSink.none();
        // tag::retention
        RetentionPolicy policy = RetentionPolicy.defaults()
                .keeping(RetentionPolicy.Kind.MESSAGES, Duration.ofDays(365))
                .keeping(RetentionPolicy.Kind.CALLBACKS, Duration.ofDays(30))
                .withArchive(archive);
        // end::retention
        assertThat(policy).asString().contains("MESSAGES=PT8760H", "INBOUND=PT2160H");
    }

    @Test
    void a_person_is_handed_out_and_erased() {
        PhoneNumber person = new PhoneNumber("+12025550143");
        tidings.sms("+12025550143", "Ready.");
        kit.runDue();
        // tag::person
        Dossier dossier = tidings.people().export(TenantId.DEFAULT, person);
        Map<String, Object> json = dossier.asMap();
        People.Erased erased = tidings.people().erase(TenantId.DEFAULT, person);
        // end::person
        assertThat(json).containsEntry("number", "+12025550143");
        assertThat(erased.sent()).isEqualTo(1);
    }

    @Test
    void a_tenant_gets_settings_of_its_own() {
        // tag::tenant
        TenantSettings settings = TenantSettings.NONE
                .withRate(Rate.perSecond(5))
                .withAttempts(2)
                .withDailyMessages(10_000L)
                .withHours(Category.MARKETING, SendingHours.between(9, 18));
        tidings.tenants().change(new TenantId("garage"), settings, "contract of May");
        // end::tenant
        assertThat(tidings.tenants().settings(new TenantId("garage"))).isEqualTo(settings);
    }
}
