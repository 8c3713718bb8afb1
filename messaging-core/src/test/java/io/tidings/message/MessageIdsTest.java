package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicLong millis = new AtomicLong(NOON.toEpochMilli());
    private final InstantSource time = () -> Instant.ofEpochMilli(millis.get());
    private final MessageIds ids = new MessageIds(time, new Random(7));

    @Test
    void an_id_is_a_uuid_of_version_7_that_carries_its_millisecond() {
        UUID id = ids.next().value();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void ids_of_one_millisecond_are_in_order_even_past_the_counter() {
        List<MessageId> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_clock_that_goes_back_does_not_take_the_ids_back() {
        MessageId before = ids.next();
        millis.addAndGet(-3_600_000);
        MessageId during = ids.next();
        millis.addAndGet(3_600_001);
        MessageId after = ids.next();

        assertThat(List.of(before, during, after)).isSorted().doesNotHaveDuplicates();
        assertThat(after.value().getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli() + 1);
    }

    @Test
    void a_clock_before_1970_still_gives_ids_in_order() {
        millis.set(-5);

        assertThat(List.of(ids.next(), ids.next())).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threads_never_make_the_same_id_and_each_sees_its_own_in_order() throws Exception {
        boolean full = "full".equals(System.getProperty("tidings.torture"));
        int threads = 8;
        int each = full ? 250_000 : 20_000;
        MessageIds sameRandom = new MessageIds(time, () -> 42L);
        CyclicBarrier together = new CyclicBarrier(threads);
        Callable<List<MessageId>> maker = () -> {
            together.await(10, TimeUnit.SECONDS);
            List<MessageId> made = new ArrayList<>(each);
            for (int i = 0; i < each; i++) {
                made.add(sameRandom.next());
                if (i % 1000 == 0) {
                    millis.addAndGet(i % 3000 == 0 ? -2 : 1);
                }
            }
            return made;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Set<MessageId> all = new HashSet<>();
            for (Future<List<MessageId>> future : pool.invokeAll(Collections.nCopies(threads, maker))) {
                List<MessageId> made = future.get();
                assertThat(made).isSorted();
                all.addAll(made);
            }
            assertThat(all).hasSize(threads * each);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void what_text_and_value_say_is_the_same() {
        MessageId id = ids.next();

        assertThat(MessageId.parse(id.toString())).isEqualTo(id);
        assertThat(MessageId.parse(id.toString().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0193a1b25f3e7a019c442f6b8d0e1a23",
                "{0193a1b2-5f3e-7a01-9c44-2f6b8d0e1a2}",
                "0193a1b2-5f3e-7a01-9c44-2f6b8d0e1a2g",
                "1-00000000000000-1-1-000000000000001",
                "-0193a1b2-5f3e-7a01-9c44-2f6b8d0e1a2"
            })
    void anything_else_is_no_id(String text) {
        assertThatThrownBy(() -> MessageId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("36 characters");
    }

    @Property
    void ids_sort_as_a_database_sorts_their_bytes(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
        MessageId one = new MessageId(new UUID(a, b));
        MessageId two = new MessageId(new UUID(c, d));

        int expected = Arrays.compareUnsigned(bytes(one), bytes(two));

        assertThat(Integer.signum(one.compareTo(two))).isEqualTo(Integer.signum(expected));
        assertThat(one.compareTo(two)).isEqualTo(-two.compareTo(one));
    }

    private static byte[] bytes(MessageId id) {
        return ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
    }

    @Test
    void attempts_are_numbered_from_one_and_sort_by_message_and_number() {
        MessageId first = ids.next();
        MessageId second = ids.next();

        assertThat(List.of(new AttemptId(first, 1), new AttemptId(first, 10), new AttemptId(second, 1)))
                .isSorted();
        assertThat(new AttemptId(first, 3)).hasToString(first + ".3");
        assertThatThrownBy(() -> new AttemptId(first, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1");
        assertThatThrownBy(() -> new MessageId(null)).isInstanceOf(NullPointerException.class);
    }
}
