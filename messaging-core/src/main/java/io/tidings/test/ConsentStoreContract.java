package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentEntry.Kind;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.ConsentStore;
import io.tidings.consent.Evidence;
import io.tidings.message.Channel;
import io.tidings.message.Person;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ConsentStore} does. */
abstract class ConsentStoreContract extends StoreContract {
    private static final PhoneNumber NUMBER = number(1);
    private static final Person PERSON = person(NUMBER);
    private static final TenantId OTHER = new TenantId("other");

    ConsentStoreContract(AllStoresContract author) {
        super(author);
    }

    private ConsentStore consent() {
        return stores().consent();
    }

    private static ConsentEntry entry(Kind kind, int second) {
        return said(kind, NUMBER, second);
    }

    private static ConsentEntry event(TenantId tenant, PhoneNumber number, Kind kind, String reference) {
        Evidence evidence = new Evidence(
                Evidence.Source.KEYWORD,
                "the person",
                new Evidence.Verbatim("Stop!"),
                reference,
                new Evidence.Route(SENDER, Channel.SMS));
        ConsentScope scope =
                ConsentScope.of(tenant).from(SENDER).about("offers").on(Channel.SMS);
        return new ConsentEntry(scope, number, kind, evidence, LONG_AGO);
    }

    private List<ConsentEntry> entries() {
        return consent().entries(TenantId.DEFAULT, PERSON);
    }

    @Test
    void entries_are_kept_in_the_order_of_their_coming_and_never_replaced() {
        ConsentEntry out = entry(Kind.OPT_OUT, 2);
        ConsentEntry in = entry(Kind.OPT_IN, 1);

        List.of(out, in, in, out).forEach(consent()::append);

        assertThat(entries()).containsExactly(out, in, in, out);
    }

    @Test
    void an_entry_comes_back_with_all_its_evidence() {
        ConsentEntry entry = event(TenantId.DEFAULT, NUMBER, Kind.OPT_OUT, "SM1");

        assertThat(consent().append(entry)).isTrue();

        assertThat(entries()).containsExactly(entry);
    }

    @Test
    void entries_belong_to_a_number_of_a_tenant() {
        consent().append(entry(Kind.OPT_OUT, 1));

        assertThat(consent().entries(TenantId.DEFAULT, person(number(2)))).isEmpty();
        assertThat(consent().entries(OTHER, PERSON)).isEmpty();
    }

    @Test
    void an_event_is_kept_once_for_each_tenant() {
        ConsentEntry stop = event(TenantId.DEFAULT, NUMBER, Kind.OPT_OUT, "SM1");

        assertThat(consent().append(stop)).isTrue();
        assertThat(consent().append(stop)).isFalse();
        assertThat(consent().append(event(TenantId.DEFAULT, number(2), Kind.OPT_IN, "SM1")))
                .isFalse();
        assertThat(consent().append(event(OTHER, NUMBER, Kind.OPT_OUT, "SM1"))).isTrue();
        assertThat(entries()).containsExactly(stop);
    }

    @Test
    void a_duplicate_event_does_not_harm_the_transaction_it_comes_in() {
        consent().append(event(TenantId.DEFAULT, NUMBER, Kind.OPT_OUT, "SM1"));

        stores().transactions().execute(() -> {
            consent().append(event(TenantId.DEFAULT, NUMBER, Kind.OPT_OUT, "SM1"));
            consent().append(entry(Kind.OPT_IN, 1));
        });

        assertThat(entries()).extracting(ConsentEntry::kind).containsExactly(Kind.OPT_OUT, Kind.OPT_IN);
    }

    @Test
    void an_event_that_was_rolled_back_can_come_again() {
        ConsentEntry stop = event(TenantId.DEFAULT, NUMBER, Kind.OPT_OUT, "SM1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stores().transactions().execute(() -> {
                    consent().append(stop);
                    throw new IllegalArgumentException("no");
                }));

        assertThat(consent().append(stop)).isTrue();
    }

    @Test
    void who_is_forgotten_leaves_no_number_and_no_words_but_what_was_said_still_holds() {
        ConsentEntry out = entry(Kind.OPT_OUT, 1);
        ConsentEntry in = entry(Kind.OPT_IN, 2);
        List.of(out, in).forEach(consent()::append);

        assertThat(consent().forget(TenantId.DEFAULT, PERSON)).isEqualTo(2);

        assertThat(entries()).containsExactly(out.withoutPerson(), in.withoutPerson());
        assertThat(entries())
                .allSatisfy(entry -> assertThat(entry.evidence().text()).isNull())
                .extracting(ConsentEntry::number)
                .containsOnlyNulls();
        assertThat(consent().entries(TenantId.DEFAULT, Person.of(NUMBER))).isEmpty();
        assertThat(consent().keyIds()).containsExactly("aaaaaaaa");
    }

    @Test
    void who_comes_back_after_being_forgotten_has_one_ledger() {
        ConsentEntry out = entry(Kind.OPT_OUT, 1);
        ConsentEntry in = entry(Kind.OPT_IN, 2);
        consent().append(out);
        consent().forget(TenantId.DEFAULT, PERSON);
        consent().append(in);

        assertThat(entries()).containsExactly(out.withoutPerson(), in);
    }

    @Test
    void only_the_person_of_the_tenant_is_forgotten() {
        consent().append(entry(Kind.OPT_OUT, 1));
        consent().append(event(OTHER, NUMBER, Kind.OPT_OUT, "SM1"));
        consent().append(said(Kind.OPT_OUT, number(2), 1));

        consent().forget(TenantId.DEFAULT, PERSON);

        assertThat(consent().entries(OTHER, Person.of(NUMBER))).hasSize(1);
        assertThat(consent().entries(TenantId.DEFAULT, Person.of(number(2)))).hasSize(1);
    }

    @Test
    void a_replayed_event_of_a_forgotten_person_is_still_known() {
        consent().append(event(TenantId.DEFAULT, NUMBER, Kind.OPT_IN, "SM1"));
        consent().forget(TenantId.DEFAULT, PERSON);

        assertThat(consent().append(event(TenantId.DEFAULT, NUMBER, Kind.OPT_IN, "SM1")))
                .isFalse();
    }

    @Test
    void the_forgotten_are_found_by_an_old_key_and_move_to_the_new_one_when_forgotten_again() {
        ConsentEntry out = entry(Kind.OPT_OUT, 1);
        consent().append(out);
        consent().forget(TenantId.DEFAULT, PERSON);

        assertThat(consent().entries(TenantId.DEFAULT, rotated(NUMBER))).containsExactly(out.withoutPerson());
        assertThat(consent().forget(TenantId.DEFAULT, rotated(NUMBER))).isZero();
        assertThat(consent().entries(TenantId.DEFAULT, rotated(NUMBER))).containsExactly(out.withoutPerson());
        assertThat(consent().keyIds()).containsExactly("bbbbbbbb");
    }

    @Test
    void nobody_is_forgotten_without_a_hash() {
        consent().append(entry(Kind.OPT_OUT, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> consent().forget(TenantId.DEFAULT, Person.of(NUMBER)))
                .withMessageContaining("opt-out and all");
        assertThat(entries()).hasSize(1);
        assertThat(consent().keyIds()).isEmpty();
    }

    @Test
    void entries_of_many_threads_are_all_kept() throws Exception {
        List<Callable<Integer>> threads = IntStream.range(0, 8)
                .mapToObj(thread -> (Callable<Integer>) () -> {
                    for (int i = 0; i < 25; i++) {
                        consent().append(entry(Kind.OPT_OUT, thread * 25 + i));
                    }
                    return thread;
                })
                .toList();

        Together.call(threads);

        assertThat(entries())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200)
                        .mapToObj(second -> entry(Kind.OPT_OUT, second))
                        .toList());
    }

    @Test
    void an_event_that_many_threads_report_is_kept_once() throws Exception {
        List<Callable<Boolean>> threads = IntStream.range(0, 8)
                .mapToObj(thread ->
                        (Callable<Boolean>) () -> consent().append(event(TenantId.DEFAULT, NUMBER, Kind.OPT_IN, "SM1")))
                .toList();

        assertThat(Together.call(threads)).containsOnlyOnce(true);
        assertThat(entries()).hasSize(1);
    }
}
