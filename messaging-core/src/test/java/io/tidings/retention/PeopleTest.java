package io.tidings.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.access.AccessKey;
import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.report.CsvMode;
import io.tidings.test.TestTidings;
import io.tidings.test.Times;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private static final PhoneNumber ANN = new PhoneNumber("+12025550143");
    private static final PhoneNumber BOB = new PhoneNumber("+12025550144");
    private static final TenantId TENANT = TenantId.DEFAULT;

    private final TestTidings kit = TestTidings.overFake();
    private final Tidings tidings = kit.tidings();

    @AfterEach
    void close() {
        kit.close();
    }

    /** A delivered message, a waiting one, and what she said. */
    private MessageId annIsKnown() {
        MessageId delivered = tidings.sms(ANN.e164(), "Your car is ready, Ann.").id();
        kit.runDue().forward(Duration.ofMinutes(5)).runDue();
        tidings.sms()
                .to(ANN.e164())
                .text("See you soon, Ann.")
                .at(kit.time().instant().plus(Duration.ofDays(3)))
                .send();
        tidings.optOut(TENANT, ANN, "desk");
        return delivered;
    }

    @Test
    void an_export_has_everything_about_a_person_and_nothing_about_others() throws IOException {
        annIsKnown();
        tidings.sms(BOB.e164(), "Your bike is ready, Bob.");

        Dossier dossier = tidings.people().export(TENANT, ANN);

        assertThat(dossier.sent()).hasSize(2);
        assertThat(dossier.consent()).hasSize(1);
        Map<String, Object> map = dossier.asMap();
        assertThat(map).containsEntry("number", ANN.e164());
        assertThat(map.toString())
                .contains("Your car is ready, Ann.", "See you soon, Ann.", "OPT_OUT", "message.sent", "CALLBACK")
                .doesNotContain("Bob");
        assertThat(dossier.toString()).doesNotContain("Ann.").doesNotContain(ANN.e164());
        StringWriter table = new StringWriter();
        dossier.write(CsvMode.SPREADSHEET, table);
        assertThat(table.toString()).contains("Your car is ready, Ann.", "consent,");
    }

    @Test
    void an_erased_person_is_nowhere_and_stays_opted_out() {
        MessageId delivered = annIsKnown();
        MessageId bobs = tidings.sms(BOB.e164(), "Your bike is ready, Bob.").id();

        People.Erased erased = tidings.people().erase(TENANT, ANN);

        assertThat(erased.sent()).isEqualTo(2);
        assertThat(erased.consent()).isEqualTo(1);
        assertThat(erased.acts()).isPositive();
        assertThat(erased.open()).isEmpty();
        assertThat(tidings.find(delivered)).isEmpty();
        assertThat(tidings.explain(delivered)).isEmpty();
        assertThat(tidings.conversation(TENANT, ANN)).isEmpty();
        assertThat(tidings.find(bobs)).isPresent();
        Dossier left = tidings.people().export(TENANT, ANN);
        assertThat(left.sent()).isEmpty();
        assertThat(left.asMap().toString()).doesNotContain("Your car");
        assertThat(tidings.sms(ANN.e164(), "Again.").isRefused()).isTrue();
    }

    @Test
    void the_audit_trail_tells_of_the_erasure_without_the_person_and_still_verifies() {
        annIsKnown();

        tidings.people().erase(TENANT, ANN);

        List<AuditEntry> entries = tidings.audit().search(AuditQuery.all().limit(1000));
        assertThat(entries)
                .filteredOn(entry -> entry.action().equals(Action.PERSON_ERASED))
                .hasSize(1);
        assertThat(entries)
                .allMatch(entry ->
                        entry.data() == null || !ANN.equals(entry.data().person()));
        assertThat(tidings.audit().verify().broken()).isNull();
    }

    @Test
    void a_message_in_doubt_stays_until_it_has_ended() {
        kit.fake().loseRequests(Times.once());
        MessageId doubtful = tidings.sms(ANN.e164(), "Your code.").id();
        kit.runDue();

        People.Erased first = tidings.people().erase(TENANT, ANN);
        assertThat(first.open()).containsExactly(doubtful);

        kit.forward(Duration.ofHours(2)).runDue();
        People.Erased second = tidings.people().erase(TENANT, ANN);
        assertThat(second.open()).isEmpty();
        assertThat(second.sent()).isEqualTo(1);
        assertThat(tidings.find(doubtful)).isEmpty();
    }

    @Test
    void a_guest_of_a_key_is_told_so_and_erased_there_too() throws IOException {
        String guests = ANN.e164() + "," + BOB.e164();
        tidings.accessKeys()
                .create(
                        new AccessKey.Draft("trial", "0".repeat(64), TENANT, Map.of(AccessKey.GUESTS, guests), null),
                        "a trial");

        Dossier dossier = tidings.people().export(TENANT, ANN);
        assertThat(dossier.invitations()).extracting(Dossier.Invitation::key).containsExactly("trial");
        assertThat(dossier.asMap().toString()).contains("trial").doesNotContain(BOB.e164());
        StringWriter table = new StringWriter();
        dossier.write(CsvMode.SPREADSHEET, table);
        assertThat(table.toString()).contains("keys,");

        assertThat(tidings.people().erase(TENANT, ANN).keys()).isEqualTo(1);
        assertThat(tidings.people().export(TENANT, ANN).invitations()).isEmpty();
        AccessKey left = tidings.accessKeys().find("trial").orElseThrow();
        assertThat(left.grants()).containsEntry(AccessKey.GUESTS, BOB.e164());
    }
}
