package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.history.MessageFilter;
import io.tidings.message.Conversation;
import io.tidings.message.MessageId;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Skip;
import io.tidings.outbox.Stores;
import io.tidings.pumping.Counter;
import io.tidings.retention.Dossier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers and texts are in no table, and whoever has the keys misses nothing. */
class EncryptionTest {
    /** All that hold a number, a text or a hash of one while nothing is encrypted. */
    private static final Set<String> TELLING = Set.of(
            "tidings_access_key",
            "tidings_audit_data",
            "tidings_consent",
            "tidings_delivery",
            "tidings_event",
            "tidings_inbound",
            "tidings_key",
            "tidings_message",
            "tidings_observation",
            "tidings_pumping",
            "tidings_queue",
            "tidings_recurring");

    private static DataSource pool(Dialect dialect) {
        return dialect == Dialect.H2 ? Databases.h2() : Databases.postgresIn(Databases.postgresSchema());
    }

    private static boolean tells(String row) {
        String number = PersonsLife.NUMBER.e164().substring(1);
        return row.contains(number)
                || row.contains(number.substring(0, number.length() - 4))
                || row.contains(PersonsLife.SAID)
                || row.contains(PersonsLife.REPLIED)
                || row.contains(talk());
    }

    /** A digest of sender and number that is no secret: whoever tries all numbers finds this one. */
    private static String talk() {
        return new Conversation(TenantId.DEFAULT, new Sender.ShortCode("55512"), PersonsLife.NUMBER, false).orderKey();
    }

    private static Set<String> telling(DataSource pool) throws SQLException {
        return TableDump.of(pool).entrySet().stream()
                .filter(table -> table.getValue().stream().anyMatch(EncryptionTest::tells))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void a_number_and_what_was_said_are_in_no_table_and_are_found_all_the_same(Dialect dialect) throws Exception {
        DataSource clear = pool(dialect);
        try (PersonsLife life = new PersonsLife(JdbcStores.on(clear).open())) {
            life.live();
        }
        assertThat(telling(clear)).as("where it lies in the clear").containsAll(without("tidings_key"));
        DataSource pool = pool(dialect);
        try (PersonsLife life =
                new PersonsLife(JdbcStores.on(pool).encryptedBy(TestKeys.ONE).open())) {
            MessageId delivered = life.live();

            Map<String, List<String>> dump = TableDump.of(pool);
            for (String table : TELLING) {
                assertThat(dump.get(table)).as(table).isNotEmpty();
            }
            assertThat(telling(pool)).isEmpty();
            assertThat(dump.get("tidings_key")).noneMatch(row -> row.matches(".*[0-9a-f]{64}.*"));
            everythingIsFound(life, delivered);
            assertThat(telling(pool)).as("after the person was erased").isEmpty();
        }
    }

    private static Set<String> without(String table) {
        return TELLING.stream().filter(Predicate.not(table::equals)).collect(Collectors.toSet());
    }

    private static void everythingIsFound(PersonsLife life, MessageId delivered) {
        var tidings = life.tidings;
        assertThat(tidings.history().each(MessageFilter.of(TenantId.DEFAULT).to(PersonsLife.NUMBER), view -> {}))
                .isGreaterThan(4);
        assertThat(tidings.explain(delivered)
                        .orElseThrow()
                        .message()
                        .stored()
                        .message()
                        .to())
                .isEqualTo(PersonsLife.NUMBER);
        Dossier dossier = tidings.people().export(TenantId.DEFAULT, PersonsLife.NUMBER);
        assertThat(dossier.sent()).hasSizeGreaterThan(4);
        assertThat(dossier.received()).hasSize(2);
        assertThat(dossier.consent()).isNotEmpty();
        assertThat(dossier.acts()).isNotEmpty();
        assertThat(tidings.conversation(TenantId.DEFAULT, PersonsLife.NUMBER)).hasSizeGreaterThan(4);
        tidings.audit().seal();
        assertThat(tidings.audit().verify().isIntact()).isTrue();
        assertThat(tidings.people().erase(TenantId.DEFAULT, PersonsLife.NUMBER).received())
                .isEqualTo(2);
        assertThat(tidings.people().export(TenantId.DEFAULT, PersonsLife.NUMBER).sent())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void tables_in_the_clear_are_encrypted_when_they_are_opened_with_keys_and_nothing_is_lost(Dialect dialect)
            throws Exception {
        DataSource pool = pool(dialect);
        Dossier before;
        MessageId delivered;
        try (PersonsLife life = new PersonsLife(JdbcStores.on(pool).open())) {
            delivered = life.live();
            before = life.tidings.people().export(TenantId.DEFAULT, PersonsLife.NUMBER);
            Databases.execute(pool, "DELETE FROM tidings_node");
        }
        Stores stores = JdbcStores.on(pool).encryptedBy(TestKeys.ONE).open();

        assertThat(telling(pool)).isEmpty();
        assertThat(stores.pumping().blocked(Set.of(Counter.range(TenantId.DEFAULT, PersonsLife.NUMBER))))
                .isEmpty();
        try (PersonsLife life = new PersonsLife(stores)) {
            Dossier after = life.tidings.people().export(TenantId.DEFAULT, PersonsLife.NUMBER);
            assertThat(after).isEqualTo(before);
            assertThat(life.tidings.send(PersonsLife.message("Never").build()).isRefused())
                    .as("the opt-out is known")
                    .isTrue();
            assertThat(life.tidings
                            .send(PersonsLife.message("Your parcel")
                                    .key("order 42")
                                    .build())
                            .id())
                    .as("the key is known, with what was asked for")
                    .isEqualTo(delivered);
            everythingIsFound(life, delivered);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void a_walk_that_was_broken_off_goes_on_through_more_rows_than_one_transaction_takes(Dialect dialect)
            throws Exception {
        DataSource pool = pool(dialect);
        JdbcStores encrypted = JdbcStores.on(pool).encryptedBy(TestKeys.ONE);
        Database sealed = encrypted.database();
        List<QueueRow> rows = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            String key = "order " + i;
            rows.add(Messages.waiting(message -> message.key(key)));
        }
        JdbcStores.stores(sealed).outbox().enqueue(incoming(rows.subList(0, 300)));
        JdbcStores.stores(sealed.with(new ClearColumns())).outbox().enqueue(incoming(rows.subList(300, 1_100)));
        Databases.execute(pool, "DELETE FROM tidings_encryption WHERE name = 'walked'");
        assertThat(inTheClear(pool)).isEqualTo(2 * 800);

        Stores stores = encrypted.open();

        assertThat(inTheClear(pool)).isZero();
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(stores.outbox().find(row.stored().id())).contains(row));
        assertThat(encrypted.reencrypt()).isZero();
    }

    private static List<Incoming> incoming(List<QueueRow> rows) {
        return rows.stream().map(Messages::incoming).toList();
    }

    /** Messages and fingerprints. */
    private static long inTheClear(DataSource pool) throws SQLException {
        Map<String, List<String>> dump = TableDump.of(pool);
        return Stream.of("tidings_queue", "tidings_key")
                .flatMap(table -> dump.get(table).stream())
                .filter(row -> row.contains("+1202555") || row.contains("|fingerprint|"))
                .count();
    }

    @Test
    void nobody_encrypts_under_nodes_that_work_in_the_clear() {
        DataSource pool = pool(Dialect.H2);
        JdbcStores stores = JdbcStores.on(pool);
        stores.open().work().own("node", Duration.ofMinutes(1));

        assertThatThrownBy(() -> stores.encryptedBy(TestKeys.ONE).open())
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("1 nodes work on these tables without keys");
    }

    @Test
    void encrypted_tables_do_not_open_without_their_keys() {
        DataSource pool = pool(Dialect.H2);
        JdbcStores stores = JdbcStores.on(pool);
        stores.encryptedBy(TestKeys.ONE).open();

        assertThatThrownBy(stores::open)
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("the keys one")
                .hasMessageContaining("encryptedBy");
        assertThatThrownBy(() -> stores.encryptedBy(ColumnKeys.of("two", TestKeys.key(2)))
                        .open())
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("the encryption key one is not among those that were given");
        assertThatThrownBy(() -> stores.encryptedBy(ColumnKeys.of("one", TestKeys.key(2)))
                        .open())
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("is not the one that these tables know by this id");
        assertThat(stores.encryptedBy(TestKeys.ONE).open()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void a_new_key_reads_what_the_old_one_wrote_and_replaces_it(Dialect dialect) throws Exception {
        DataSource pool = pool(dialect);
        Dossier before;
        MessageId delivered;
        try (PersonsLife life =
                new PersonsLife(JdbcStores.on(pool).encryptedBy(TestKeys.ONE).open())) {
            delivered = life.live();
            before = life.tidings.people().export(TenantId.DEFAULT, PersonsLife.NUMBER);
        }
        ColumnKeys both = ColumnKeys.of("two", TestKeys.key(2)).withOlder("one", TestKeys.key(1));
        JdbcStores rotated = JdbcStores.on(pool).encryptedBy(both);
        Stores stores = rotated.open();
        try (PersonsLife life = new PersonsLife(stores)) {
            assertThat(life.tidings.people().export(TenantId.DEFAULT, PersonsLife.NUMBER))
                    .isEqualTo(before);

            assertThat(rotated.reencrypt()).isGreaterThan(20);
            assertThat(TableDump.of(pool).values())
                    .allSatisfy(rows -> assertThat(rows).noneMatch(row -> row.contains("e1:one:")));
            assertThat(life.tidings.people().export(TenantId.DEFAULT, PersonsLife.NUMBER))
                    .isEqualTo(before);
            assertThat(rotated.reencrypt()).as("what is written anew each time").isEqualTo(1);
            everythingIsFound(life, delivered);
        }
        assertThatThrownBy(() -> JdbcStores.on(pool)
                        .encryptedBy(ColumnKeys.of("two", TestKeys.key(2)))
                        .open())
                .as("the first key still looks numbers up")
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("numbers are looked up by it");
    }

    @Test
    void a_text_that_was_moved_to_another_row_is_set_aside_and_the_others_flow() {
        Database database = JdbcStores.on(pool(Dialect.POSTGRESQL))
                .encryptedBy(TestKeys.ONE)
                .database();
        Stores stores = JdbcStores.stores(database);
        QueueRow mine = Messages.waiting();
        QueueRow yours = Messages.waiting();
        QueueRow healthy = Messages.waiting();
        stores.outbox().enqueue(List.of(Messages.incoming(mine), Messages.incoming(yours), Messages.incoming(healthy)));
        database.update(
                "UPDATE tidings_queue SET body = (SELECT o.body FROM tidings_queue o WHERE o.id = ?) WHERE id = ?",
                values -> values.id(yours.stored().id()).id(mine.stored().id()));

        assertThat(stores.work().due(Messages.QUEUE, 10, Skip.NONE)).containsExactly(yours, healthy);
        assertThat(database.query(
                        "SELECT id, reason FROM tidings_quarantine", values -> {}, row -> row.id() + row.text()))
                .singleElement()
                .asString()
                .startsWith(mine.stored().id().toString())
                .contains("comes from another row");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void tampering_with_one_row_of_any_table_hides_no_opt_out_and_stops_no_other_row(Dialect dialect) throws Exception {
        DataSource pool = pool(dialect);
        try (PersonsLife life =
                new PersonsLife(JdbcStores.on(pool).encryptedBy(TestKeys.ONE).open())) {
            life.live();
            life.tidings.audit().seal();
            for (String update : List.of(
                    "tidings_consent SET number_sealed",
                    "tidings_inbound SET body",
                    "tidings_event SET facts",
                    "tidings_delivery SET facts",
                    "tidings_observation SET raw",
                    "tidings_audit_data SET details",
                    "tidings_access_key SET grants")) {
                Databases.execute(pool, "UPDATE " + update + " = 'e1:one:" + "A".repeat(60) + "'");
            }
            Databases.execute(pool, "UPDATE tidings_event SET due_at = 0");

            assertThat(life.tidings.send(PersonsLife.message("Never").build()).isRefused())
                    .isTrue();
            assertThat(life.tidings
                            .people()
                            .export(TenantId.DEFAULT, PersonsLife.NUMBER)
                            .received())
                    .isEmpty();
            life.tidings.runDue();
            assertThat(life.tidings.events().counts().setAside()).isPositive();
            assertThat(life.tidings.audit().verify().isIntact()).isFalse();
            assertThat(life.tidings.accessKeys().all()).isEmpty();
        }
    }
}
