package io.tidings.jdbc;

import static java.util.Objects.requireNonNull;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.ConsentStore;
import io.tidings.consent.Evidence;
import io.tidings.message.Channel;
import io.tidings.message.Person;
import io.tidings.message.PersonHash;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consent ledger: rows are added, and lose number and words when a person is erased. */
final class JdbcConsentStore implements ConsentStore {
    /** What an entry is read from, in the order of {@link #read}. */
    static final String COLUMNS =
            "tenant, number, number_sealed, sender, topic, channel, kind, source, actor, words, reference, said_to, said_on, at";

    private static final String APPEND =
            "INSERT INTO tidings_consent (" + COLUMNS + ")\n" + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String OF_HASH = " OR (tenant = ? AND hash_key = ? AND hash = ?)";
    private static final String ENTRIES =
            "SELECT " + COLUMNS + " FROM tidings_consent WHERE (tenant = ? AND number = ?)";
    private static final String LOCK = "SELECT place FROM tidings_consent WHERE (tenant = ? AND number = ?)";
    private static final String IN_ORDER = " ORDER BY place";
    private static final String FORGET = """
            UPDATE tidings_consent SET number = NULL, number_sealed = NULL, words = NULL, hash_key = ?, hash = ?
            WHERE tenant = ? AND number = ?""";
    private static final String MOVE = """
            UPDATE tidings_consent SET hash_key = ?, hash = ? WHERE tenant = ? AND hash_key = ? AND hash = ?""";
    private static final String KEY_IDS = "SELECT DISTINCT hash_key FROM tidings_consent WHERE hash_key IS NOT NULL";

    private static final Logger log = LoggerFactory.getLogger(JdbcConsentStore.class);

    private final Database database;

    /** What tells an entry from others: the number is as it is looked up. */
    record Place(TenantId tenant, String lookedUp, Instant at) {
        String of(String column) {
            return ColumnCipher.place("consent." + column, tenant, lookedUp, Values.micros(at));
        }
    }

    JdbcConsentStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean append(ConsentEntry entry) {
        PhoneNumber number = requireNonNull(entry.number(), "an entry is appended with the number it is about");
        return database.insert(APPEND, values -> bind(values, entry, number));
    }

    private static void bind(Values values, ConsentEntry entry, PhoneNumber number) throws SQLException {
        ConsentScope scope = entry.scope();
        Evidence evidence = entry.evidence();
        Evidence.Route route = evidence.route();
        Evidence.Verbatim words = evidence.text();
        ColumnCipher cipher = values.cipher();
        Place place = new Place(scope.tenant(), cipher.number(number), entry.at());
        values.text(scope.tenant().value())
                .text(place.lookedUp())
                .text(cipher.beside(place.of("number"), number.e164()))
                .text(scope.sender() == null ? null : scope.sender().address())
                .text(scope.topic())
                .text(scope.channel() == null ? null : scope.channel().name())
                .text(entry.kind().name())
                .text(evidence.source().name())
                .text(evidence.actor())
                .sealed(place.of("words"), words == null ? null : words.text())
                .text(evidence.reference())
                .text(route == null ? null : route.sender().address())
                .text(route == null ? null : route.channel().name())
                .time(entry.at());
    }

    @Override
    public List<ConsentEntry> entries(TenantId tenant, Person person) {
        return database.query(
                ENTRIES + OF_HASH.repeat(person.hashes().size()) + IN_ORDER,
                values -> bind(values, tenant, person),
                JdbcConsentStore::read);
    }

    private static void bind(Values values, TenantId tenant, Person person) throws SQLException {
        values.text(tenant.value()).person(person.number());
        for (PersonHash hash : person.hashes()) {
            values.text(tenant.value()).text(hash.keyId()).text(hash.value());
        }
    }

    /**
     * Of an entry that was tampered with nothing is lost that keeps from texting: an opt-out holds without its number, an
     * opt-in does not.
     */
    static ConsentEntry read(Row row) throws SQLException {
        TenantId tenant = new TenantId(row.text());
        String lookedUp = row.textOrNull();
        String beside = row.textOrNull();
        ConsentScope scope = new ConsentScope(tenant, row.senderOrNull(), row.textOrNull(), channel(row));
        ConsentEntry.Kind kind = ConsentEntry.Kind.valueOf(row.text());
        Evidence evidence = evidence(row);
        Instant at = row.time();
        if (lookedUp == null) {
            return new ConsentEntry(scope, null, kind, evidence, at);
        }
        Place place = new Place(tenant, lookedUp, at);
        ColumnCipher cipher = row.cipher();
        try {
            PhoneNumber number = new PhoneNumber(cipher.read(place.of("number"), lookedUp, beside));
            return new ConsentEntry(scope, number, kind, opened(evidence, place, cipher), at);
        } catch (UnreadableRowException e) {
            log.warn("an entry about consent counts as one about an erased person: {}", e.getMessage());
            return new ConsentEntry(scope, null, kind, with(null, evidence), at);
        }
    }

    /** The words are read before the date, which is part of their place. */
    private static Evidence opened(Evidence read, Place place, ColumnCipher cipher) {
        Evidence.Verbatim words = read.text();
        return words == null ? read : with(new Evidence.Verbatim(cipher.open(place.of("words"), words.text())), read);
    }

    private static Evidence with(Evidence.@Nullable Verbatim words, Evidence read) {
        return new Evidence(read.source(), read.actor(), words, read.reference(), read.route());
    }

    private static Evidence evidence(Row row) throws SQLException {
        Evidence.Source source = Evidence.Source.valueOf(row.text());
        String actor = row.text();
        String words = row.textOrNull();
        String reference = row.textOrNull();
        Sender saidTo = row.senderOrNull();
        Channel saidOn = channel(row);
        return new Evidence(
                source,
                actor,
                words == null ? null : new Evidence.Verbatim(words),
                reference,
                saidTo == null || saidOn == null ? null : new Evidence.Route(saidTo, saidOn));
    }

    private static @Nullable Channel channel(Row row) throws SQLException {
        String name = row.textOrNull();
        return name == null ? null : Channel.valueOf(name);
    }

    @Override
    public int forget(TenantId tenant, Person person) {
        if (person.hashes().isEmpty()) {
            throw new IllegalArgumentException(
                    "a person without a hash would be forgotten altogether, opt-out and all");
        }
        PersonHash kept = person.hashes().get(0);
        return database.transactions().run(() -> {
            database.transactions().protectHost();
            database.query(
                    LOCK + OF_HASH.repeat(person.hashes().size()) + IN_ORDER + " FOR UPDATE",
                    values -> bind(values, tenant, person),
                    Row::number);
            for (PersonHash other : person.hashes().subList(1, person.hashes().size())) {
                database.update(
                        MOVE,
                        values -> values.text(kept.keyId())
                                .text(kept.value())
                                .text(tenant.value())
                                .text(other.keyId())
                                .text(other.value()));
            }
            return database.update(
                    FORGET,
                    values -> values.text(kept.keyId())
                            .text(kept.value())
                            .text(tenant.value())
                            .person(person.number()));
        });
    }

    @Override
    public Set<String> keyIds() {
        return Set.copyOf(database.query(KEY_IDS, values -> {}, Row::text));
    }
}
