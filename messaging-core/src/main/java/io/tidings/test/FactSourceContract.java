package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.budget.BudgetLine;
import io.tidings.budget.BudgetStore.Reservation;
import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentEntry.Kind;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.gate.ConsentState;
import io.tidings.gate.FactSource;
import io.tidings.gate.FactSource.Question;
import io.tidings.gate.Facts;
import io.tidings.gate.Known;
import io.tidings.gate.Needs;
import io.tidings.gate.Needs.Recent;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import io.tidings.pumping.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link FactSource} knows. */
abstract class FactSourceContract extends StoreContract {
    private static final TenantId OTHER_TENANT = new TenantId("other");
    private static final Set<MessageStatus> RECEIVED =
            EnumSet.of(MessageStatus.ACCEPTED, MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ);
    private static final Set<MessageStatus> NOT_RECEIVED = EnumSet.of(
            MessageStatus.REFUSED,
            MessageStatus.EXPIRED,
            MessageStatus.CANCELED,
            MessageStatus.FAILED,
            MessageStatus.UNDELIVERED,
            MessageStatus.DEAD);

    FactSourceContract(AllStoresContract author) {
        super(author);
    }

    private Facts facts(QueueRow row) {
        return stores().facts().read(List.of(question(row))).get(0);
    }

    private static Question question(QueueRow row) {
        return new Question(
                id(row), row.stored().message(), rotated(row.stored().message().to()));
    }

    private static @Nullable Instant optedOutAt(Facts facts) {
        ConsentState.Said said = facts.consent().optOut();
        return said == null ? null : said.at();
    }

    private static OutboundMessage.Builder same(OutboundMessage.Builder message) {
        return message.text("The same text for everybody.");
    }

    private QueueRow sameText() {
        return waiting(FactSourceContract::sameTo);
    }

    /** Every message of the contract has its own number, so the same text needs a builder of its own. */
    private static OutboundMessage.Builder sameTo(OutboundMessage.Builder ignored) {
        return same(OutboundMessage.to(number(9000)).from(SENDER));
    }

    @Test
    void of_a_stranger_nothing_is_known() {
        assertThat(facts(waiting())).isEqualTo(Facts.NONE);
        assertThat(stores().facts().read(List.of())).isEmpty();
    }

    @Test
    void answers_come_in_the_order_of_the_questions() {
        QueueRow calm = waiting();
        QueueRow gone = waiting();
        say(Kind.OPT_OUT, gone.stored().message().to(), 5);

        List<Facts> facts = stores().facts().read(List.of(question(calm), question(gone), question(calm)));

        assertThat(facts).map(each -> optedOutAt(each)).containsExactly(null, LONG_AGO.plusSeconds(5), null);
    }

    @Test
    void the_newest_word_of_a_person_counts() {
        QueueRow row = waiting();
        PhoneNumber person = row.stored().message().to();

        say(Kind.OPT_IN, person, 1);
        assertThat(optedOutAt(facts(row))).isNull();
        say(Kind.OPT_OUT, person, 2);
        assertThat(optedOutAt(facts(row))).isEqualTo(LONG_AGO.plusSeconds(2));
        say(Kind.OPT_IN, person, 3);
        assertThat(optedOutAt(facts(row))).isNull();
        say(Kind.OPT_OUT, person, 4);
        assertThat(optedOutAt(facts(row))).isEqualTo(LONG_AGO.plusSeconds(4));
    }

    @Test
    void an_opt_out_concerns_one_tenant() {
        QueueRow theirs = waiting(message -> message.tenant(OTHER_TENANT));
        say(Kind.OPT_OUT, theirs.stored().message().to(), 1);

        assertThat(optedOutAt(facts(theirs))).isNull();
    }

    @Test
    void an_opt_out_covers_what_its_scope_names() {
        ConsentScope all = ConsentScope.of(TenantId.DEFAULT);
        QueueRow plain = waiting();
        QueueRow offer = waiting(message -> message.topic("offers"));
        QueueRow mms = waiting(message -> message.topic("offers").channel(Channel.MMS));
        QueueRow other = waiting(message -> message.topic("offers").from(new Sender.ShortCode("55513")));

        List.of(plain, offer, mms, other)
                .forEach(row -> say(
                        Kind.OPT_OUT,
                        row.stored().message().to(),
                        1,
                        all.from(SENDER).about("offers").on(Channel.SMS)));

        assertThat(optedOutAt(facts(plain))).isNull();
        assertThat(optedOutAt(facts(other))).isNull();
        assertThat(optedOutAt(facts(offer))).isEqualTo(LONG_AGO.plusSeconds(1));
        assertThat(optedOutAt(facts(mms))).isEqualTo(LONG_AGO.plusSeconds(1));
    }

    @Test
    void what_somebody_opted_in_to_is_known_and_so_is_the_entry_that_a_message_answers() {
        QueueRow row = waiting(message -> message.answers("SM1"));
        PhoneNumber person = row.stored().message().to();
        ConsentEntry optIn = said(Kind.OPT_IN, person, 1);
        ConsentEntry help = new ConsentEntry(
                optIn.scope(), person, Kind.HELP, Evidence.host("test").withReference("SM1"), LONG_AGO.plusSeconds(2));
        stores().consent().append(optIn);
        stores().consent().append(help);

        ConsentState state = facts(row).consent();

        assertThat(state.optIn())
                .isEqualTo(new ConsentState.Said("OPT_IN", optIn.at(), "HOST", "everything of the tenant"));
        assertThat(state.answered())
                .isEqualTo(new ConsentState.Said("HELP", help.at(), "HOST", "everything of the tenant"));
        assertThat(state.optOut()).isNull();
    }

    @Test
    void an_opt_out_survives_the_erasure_of_the_person_and_a_rotation_of_the_secret() {
        QueueRow row = waiting();
        PhoneNumber person = row.stored().message().to();
        say(Kind.OPT_OUT, person, 3);

        stores().consent().forget(TenantId.DEFAULT, person(person));

        assertThat(optedOutAt(facts(row))).isEqualTo(LONG_AGO.plusSeconds(3));
    }

    private void say(Kind kind, PhoneNumber person, int second) {
        say(kind, person, second, ConsentScope.of(TenantId.DEFAULT));
    }

    private void say(Kind kind, PhoneNumber person, int second, ConsentScope scope) {
        stores().consent()
                .append(new ConsentEntry(scope, person, kind, Evidence.host("test"), LONG_AGO.plusSeconds(second)));
    }

    @Test
    void a_message_is_no_repetition_of_itself_nor_of_a_later_one() {
        QueueRow first = store(sameText());
        QueueRow second = store(sameText());

        assertThat(facts(first).sameTextAt()).isNull();
        assertThat(facts(second).sameTextAt()).isEqualTo(first.stored().acceptedAt());
        assertThat(facts(sameText()).sameTextAt()).isEqualTo(second.stored().acceptedAt());
    }

    @Test
    void the_same_text_is_the_same_content_to_the_same_number_of_the_same_tenant() {
        store(sameText());

        assertThat(repeats(message -> sameTo(message).text("Another text."))).isNull();
        assertThat(repeats(message -> same(OutboundMessage.to(number(9001)).from(SENDER))))
                .isNull();
        assertThat(repeats(message -> sameTo(message).tenant(OTHER_TENANT))).isNull();
        assertThat(repeats(FactSourceContract::sameTo)).isNotNull();
    }

    private @Nullable Instant repeats(UnaryOperator<OutboundMessage.Builder> change) {
        return facts(waiting(change)).sameTextAt();
    }

    @Test
    void a_text_counts_while_it_waits_is_in_the_air_or_is_held() {
        QueueRow row = store(sameText());
        Instant at = row.stored().acceptedAt();
        assertThat(facts(sameText()).sameTextAt()).isEqualTo(at);
        QueueRow sending = begin(NODE, row);
        assertThat(facts(sameText()).sameTextAt()).isEqualTo(at);
        stores().work().settle(new Settled.Hold(sending.attempt()));
        assertThat(facts(sameText()).sameTextAt()).isEqualTo(at);
    }

    @Test
    void a_text_that_reached_nobody_does_not_count() {
        QueueRow row = store(sameText());
        stores().outbox().withdraw(id(row));
        for (MessageStatus status : NOT_RECEIVED) {
            stores().history().save(ended(row, status));
            assertThat(facts(sameText()).sameTextAt()).as("%s", status).isNull();
        }
        for (MessageStatus status : RECEIVED) {
            stores().history().save(ended(row, status));
            assertThat(facts(sameText()).sameTextAt())
                    .as("%s", status)
                    .isEqualTo(row.stored().acceptedAt());
        }
    }

    @Test
    void an_older_text_counts_however_many_newer_ones_reached_nobody() {
        QueueRow delivered = store(sameText());
        stores().outbox().withdraw(id(delivered));
        stores().history().save(ended(delivered, MessageStatus.DELIVERED));
        for (int i = 0; i < 20; i++) {
            QueueRow failed = store(sameText());
            stores().outbox().withdraw(id(failed));
            stores().history().save(ended(failed, MessageStatus.FAILED));
        }

        assertThat(facts(sameText()).sameTextAt()).isEqualTo(delivered.stored().acceptedAt());
    }

    @Test
    void a_refused_text_does_not_count() {
        QueueRow row = sameText();
        stores().outbox()
                .enqueue(List.of(new Incoming(null, ended(row, MessageStatus.REFUSED), List.of(), "fingerprint")));

        assertThat(facts(sameText()).sameTextAt()).isNull();
    }

    private QueueRow store(QueueRow row) {
        stores().outbox().enqueue(List.of(incoming(row)));
        return row;
    }

    @Test
    void what_is_in_the_queue_is_the_backlog_of_its_tenant_and_of_all() {
        enqueue();
        enqueue();
        QueueRow sent = begin(NODE, enqueue());
        QueueRow theirs = enqueue(message -> message.tenant(OTHER_TENANT));
        stores().work().settle(new Settled.Leave(sent.attempt()));

        assertThat(facts(waiting()).tenantBacklog()).isEqualTo(2);
        assertThat(facts(theirs).tenantBacklog()).isEqualTo(1);
        assertThat(facts(theirs).backlog()).isEqualTo(3);
    }

    private static final Recent SECOND_OFFER = new Recent(Set.of(Category.MARKETING), 2, Duration.ofDays(365 * 300));

    private Known known(QueueRow row, Needs needs) {
        return stores().facts()
                .read(List.of(new Question(
                        id(row),
                        row.stored().message(),
                        rotated(row.stored().message().to()),
                        needs)))
                .get(0)
                .known();
    }

    private QueueRow offer(Category category) {
        return waiting(ignored -> OutboundMessage.to(number(9000))
                .from(SENDER)
                .category(category)
                .text("An offer " + category + " " + id(waiting())));
    }

    private @Nullable Instant secondOffer(QueueRow row) {
        return known(row, new Needs(Set.of(SECOND_OFFER), Set.of(), Set.of()))
                .recent()
                .get(SECOND_OFFER);
    }

    @Test
    void the_nth_newest_message_to_a_recipient_is_known_by_its_date() {
        QueueRow first = store(offer(Category.MARKETING));
        assertThat(secondOffer(offer(Category.MARKETING))).isNull();
        QueueRow second = store(offer(Category.MARKETING));
        QueueRow third = store(offer(Category.MARKETING));

        assertThat(secondOffer(second)).isNull();
        assertThat(secondOffer(third)).isEqualTo(first.stored().acceptedAt());
        assertThat(secondOffer(offer(Category.MARKETING)))
                .isEqualTo(second.stored().acceptedAt());
    }

    @Test
    void only_messages_of_the_categories_the_tenant_and_the_recipient_count() {
        store(offer(Category.MARKETING));
        store(offer(Category.TRANSACTIONAL));
        enqueue(message -> message.category(Category.MARKETING));
        enqueue(ignored -> OutboundMessage.to(number(9000))
                .from(SENDER)
                .tenant(OTHER_TENANT)
                .category(Category.MARKETING)
                .text("Of another tenant."));

        assertThat(secondOffer(offer(Category.MARKETING))).isNull();
    }

    @Test
    void messages_that_reached_nobody_or_lie_before_the_window_do_not_count() {
        QueueRow failed = store(offer(Category.MARKETING));
        stores().outbox().withdraw(id(failed));
        stores().history().save(ended(failed, MessageStatus.FAILED));
        QueueRow delivered = store(offer(Category.MARKETING));
        stores().outbox().withdraw(id(delivered));
        stores().history().save(ended(delivered, MessageStatus.DELIVERED));
        assertThat(secondOffer(offer(Category.MARKETING))).isNull();

        store(offer(Category.MARKETING));
        assertThat(secondOffer(offer(Category.MARKETING)))
                .isEqualTo(delivered.stored().acceptedAt());
        Recent today = new Recent(Set.of(Category.MARKETING), 1, Duration.ofDays(1));
        assertThat(known(offer(Category.MARKETING), new Needs(Set.of(today), Set.of(), Set.of()))
                        .recent())
                .isEmpty();
    }

    @Test
    void budgets_and_blocks_are_known_by_their_names() {
        BudgetLine line = new BudgetLine("TENANT|total|segments|acme", "segments", 3, 10);
        stores().budgets().reserve(List.of(new Reservation(begunAttempt(), List.of(line))));
        Counter full = new Counter("range|acme|+1202555", 1, Duration.ofHours(1), Duration.ofHours(2), 1, 0);
        stores().pumping().count(List.of(List.of(full), List.of(full)));

        Known known = known(
                waiting(), new Needs(Set.of(), Set.of(line.name(), "another"), Set.of(full.name(), "range|acme|+1")));

        assertThat(known.used()).isEqualTo(Map.of(line.name(), 3L));
        assertThat(known.blocked()).containsOnlyKeys(full.name());
    }
}
