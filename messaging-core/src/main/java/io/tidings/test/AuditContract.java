package io.tidings.test;

import static io.tidings.test.AuditScene.CHAIN;
import static io.tidings.test.AuditScene.closing;
import static io.tidings.test.AuditScene.entry;
import static io.tidings.test.AuditScene.head;
import static io.tidings.test.AuditScene.link;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditChain;
import io.tidings.audit.AuditChain.Head;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditStore;
import io.tidings.message.TenantId;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What every {@link AuditStore} and its {@link AuditChain} must do. */
public abstract class AuditContract extends StoreContract {

    /** For subclasses, which give the stores and move their clock. */
    protected AuditContract() {}

    private AuditStore audit() {
        return stores().audit();
    }

    private AuditChain chain() {
        return stores().chain();
    }

    @Test
    void an_entry_comes_back_as_it_was_and_waits_to_be_sealed() {
        audit().append(List.of(entry(1), entry(2)));

        assertThat(audit().search(AuditQuery.all())).containsExactly(entry(2), entry(1));
        assertThat(chain().unsealed(10)).containsExactlyInAnyOrder(entry(1), entry(2));
        assertThat(chain().unsealed(1)).hasSize(1);
        assertThat(chain().head(CHAIN)).isEqualTo(Head.start(CHAIN));
    }

    @Test
    void a_search_looks_at_each_field_and_is_read_in_pages() {
        audit().append(List.of(entry(1), entry(2), entry(3)));

        assertThat(audit().search(AuditQuery.all().by(Actor.user("u-2")))).containsExactly(entry(2));
        assertThat(audit().search(AuditQuery.all().by(Actor.system("u-2")))).isEmpty();
        assertThat(audit().search(AuditQuery.all().of(Action.OPT_OUT))).isEmpty();
        assertThat(audit().search(AuditQuery.all().of(Action.MESSAGE_SENT))).hasSize(3);
        assertThat(audit().search(AuditQuery.all().of(new TenantId("other")))).isEmpty();
        assertThat(audit().search(AuditQuery.all().about(java.util.Objects.requireNonNull(entry(3).message()))))
                .containsExactly(entry(3));
        assertThat(audit().search(AuditQuery.all().between(entry(1).at(), entry(3).at())))
                .containsExactly(entry(2), entry(1));
        assertThat(audit().search(AuditQuery.all().limit(2))).containsExactly(entry(3), entry(2));
        assertThat(audit().search(AuditQuery.all().limit(2).after(entry(2)))).containsExactly(entry(1));
    }

    @Test
    void entries_are_counted_by_day_action_and_actor() {
        audit().append(List.of(entry(1), entry(2)));

        assertThat(audit().counts(LONG_AGO, FAR_FUTURE))
                .containsExactly(
                        new AuditStore.Count(LocalDate.parse("2020-03-02"), Action.MESSAGE_SENT, Actor.user("u-1"), 1),
                        new AuditStore.Count(LocalDate.parse("2020-03-02"), Action.MESSAGE_SENT, Actor.user("u-2"), 1));
        assertThat(audit().counts(LONG_AGO, LONG_AGO)).isEmpty();
    }

    @Test
    void erasing_destroys_the_data_of_one_person_of_one_tenant_sealed_or_not() {
        AuditScene.fill(stores());

        assertThat(audit().erase(new TenantId("other"), AuditScene.person(1), 10))
                .isEmpty();
        assertThat(audit().erase(TenantId.DEFAULT, AuditScene.person(1), 10)).containsExactly(entry(1).id());
        assertThat(audit().erase(TenantId.DEFAULT, AuditScene.person(1), 10)).isEmpty();
        assertThat(audit().erase(TenantId.DEFAULT, AuditScene.person(2), 10)).containsExactly(entry(2).id());

        assertThat(audit().search(AuditQuery.all())).containsExactly(entry(2).erased(), entry(1).erased());
        assertThat(chain().after(CHAIN, 0, 10)).containsExactly(link(1, entry(1).erased()));
        assertThat(chain().unsealed(10)).containsExactly(entry(2).erased());
    }

    @Test
    void a_sealed_entry_is_in_the_chain_and_waits_no_more() {
        AuditScene.fill(stores());

        assertThat(chain().unsealed(10)).containsExactly(entry(2));
        assertThat(chain().head(CHAIN)).isEqualTo(head(1));
        assertThat(chain().after(CHAIN, 0, 10)).containsExactly(link(1, entry(1)));
        assertThat(chain().after(CHAIN, 1, 10)).isEmpty();
        assertThat(chain().after("other", 0, 10)).isEmpty();
    }

    @Test
    void a_head_that_moved_meanwhile_is_not_extended() {
        AuditScene.fill(stores());

        assertThat(chain().seal(Head.start(CHAIN), head(1), List.of(link(1, entry(2)))))
                .isFalse();

        assertThat(chain().head(CHAIN)).isEqualTo(head(1));
        assertThat(chain().unsealed(10)).containsExactly(entry(2));
    }

    @Test
    void of_several_sealers_at_once_one_extends_the_head() throws Exception {
        for (int round = 1; round <= 20; round++) {
            long sequence = round;
            audit().append(List.of(entry(round)));
            Head before = round == 1 ? Head.start(CHAIN) : head(round - 1);
            Callable<Boolean> sealing =
                    () -> chain().seal(before, head(sequence), List.of(link(sequence, entry((int) sequence))));

            assertThat(new ArrayList<>(Together.call(Collections.nCopies(4, sealing))))
                    .containsOnlyOnce(true);
        }
        assertThat(chain().after(CHAIN, 0, 100)).hasSize(20);
    }

    @Test
    void what_is_archived_is_gone_and_the_head_remembers_where_the_rest_begins() {
        AuditScene.fill(stores());
        chain().seal(head(1), head(2), List.of(closing(2)));
        chain().seal(head(2), head(3), List.of(link(3, entry(2))));

        chain().archive(CHAIN, closing(2));

        assertThat(audit().search(AuditQuery.all())).containsExactly(entry(2));
        assertThat(chain().after(CHAIN, 0, 10)).containsExactly(link(3, entry(2)));
        assertThat(chain().head(CHAIN)).isEqualTo(head(3).archived(closing(2)));
        assertThat(audit().erase(TenantId.DEFAULT, AuditScene.person(1), 10)).isEmpty();
    }

    @Test
    void a_message_and_its_entry_are_stored_together_or_not_at_all() {
        QueueRow row = waiting(message -> message.key("once"));
        QueueRow again = waiting(message -> message.key("once"));

        stores().outbox().enqueue(List.of(new Incoming(row, null, List.of(), "same", entry(1))));
        stores().outbox().enqueue(List.of(new Incoming(again, null, List.of(), "same", entry(2))));

        assertThat(audit().search(AuditQuery.all())).extracting(AuditEntry::id).containsExactly(entry(1).id());
    }
}
