package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentEntry.Kind;
import io.tidings.consent.ConsentStore;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ConsentStore} does. */
public abstract class ConsentStoreContract extends StoreContract {
    private static final PhoneNumber PERSON = number(1);

    /** For subclasses, which give the stores and move their clock. */
    protected ConsentStoreContract() {}

    private ConsentStore consent() {
        return stores().consent();
    }

    private static ConsentEntry entry(Kind kind, int second) {
        return new ConsentEntry(TenantId.DEFAULT, PERSON, kind, "host", LONG_AGO.plusSeconds(second));
    }

    @Test
    void entries_are_kept_oldest_first_and_never_replaced() {
        ConsentEntry out = entry(Kind.OPT_OUT, 1);
        ConsentEntry in = entry(Kind.OPT_IN, 2);

        List.of(out, in, in, out).forEach(consent()::append);

        assertThat(consent().entries(TenantId.DEFAULT, PERSON)).containsExactly(out, in, in, out);
    }

    @Test
    void entries_belong_to_a_number_of_a_tenant() {
        consent().append(entry(Kind.OPT_OUT, 1));

        assertThat(consent().entries(TenantId.DEFAULT, number(2))).isEmpty();
        assertThat(consent().entries(new TenantId("other"), PERSON)).isEmpty();
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

        assertThat(consent().entries(TenantId.DEFAULT, PERSON))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200)
                        .mapToObj(second -> entry(Kind.OPT_OUT, second))
                        .toList());
    }
}
