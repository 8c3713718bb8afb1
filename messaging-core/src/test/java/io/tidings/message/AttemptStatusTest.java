package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptStatusTest {
    private static final List<AttemptStatus> ALL = List.of(AttemptStatus.values());

    @Test
    void merging_is_commutative_associative_and_idempotent_for_every_triple() {
        for (AttemptStatus a : ALL) {
            assertThat(a.merge(a)).isEqualTo(a);
            for (AttemptStatus b : ALL) {
                assertThat(a.merge(b)).isEqualTo(b.merge(a));
                for (AttemptStatus c : ALL) {
                    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
                }
            }
        }
    }

    @Property(tries = 300)
    void every_order_and_repetition_of_the_same_facts_gives_the_same_status(
            @ForAll @Size(min = 1, max = 5) List<AttemptStatus> facts, @ForAll Random random) {
        AttemptStatus expected = merge(facts);

        for (List<AttemptStatus> order : permutations(facts)) {
            assertThat(merge(order)).isEqualTo(expected);
        }
        List<AttemptStatus> repeated = new ArrayList<>(facts);
        repeated.addAll(facts);
        Collections.shuffle(repeated, random);
        assertThat(merge(repeated)).isEqualTo(expected);
        assertThat(facts).contains(expected);
    }

    private static AttemptStatus merge(List<AttemptStatus> facts) {
        return facts.stream().reduce(AttemptStatus::merge).orElseThrow();
    }

    private static List<List<AttemptStatus>> permutations(List<AttemptStatus> list) {
        if (list.size() <= 1) {
            return List.of(list);
        }
        List<List<AttemptStatus>> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            List<AttemptStatus> rest = new ArrayList<>(list);
            AttemptStatus head = rest.remove(i);
            for (List<AttemptStatus> tail : permutations(rest)) {
                List<AttemptStatus> one = new ArrayList<>(List.of(head));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }

    @Test
    void the_order_of_provider_facts_is_the_documented_one() {
        assertThat(ALL.stream().filter(AttemptStatus::isProviderFact))
                .containsExactly(
                        AttemptStatus.ACCEPTED,
                        AttemptStatus.QUEUED,
                        AttemptStatus.SENDING,
                        AttemptStatus.SENT,
                        AttemptStatus.CANCELED,
                        AttemptStatus.FAILED,
                        AttemptStatus.UNDELIVERED,
                        AttemptStatus.DELIVERED,
                        AttemptStatus.READ);
    }

    @ParameterizedTest
    @EnumSource
    void two_different_ends_contradict_except_delivered_and_read(AttemptStatus one) {
        for (AttemptStatus other : ALL) {
            boolean expected = one.isTerminal()
                    && other.isTerminal()
                    && one != other
                    && !List.of(AttemptStatus.DELIVERED, AttemptStatus.READ).containsAll(Arrays.asList(one, other));
            assertThat(one.contradicts(other)).as(one + " and " + other).isEqualTo(expected);
            assertThat(other.contradicts(one)).isEqualTo(expected);
        }
    }

    @Test
    void the_ends_of_a_message_are_the_documented_ones() {
        assertThat(Arrays.stream(MessageStatus.values()).filter(MessageStatus::isTerminal))
                .containsExactly(
                        MessageStatus.DELIVERED,
                        MessageStatus.READ,
                        MessageStatus.UNDELIVERED,
                        MessageStatus.FAILED,
                        MessageStatus.REFUSED,
                        MessageStatus.EXPIRED,
                        MessageStatus.CANCELED,
                        MessageStatus.DEAD);
    }

    @Test
    void only_codes_and_alerts_have_a_reserved_share_and_come_first() {
        assertThat(Arrays.stream(Category.values()).filter(Category::hasReservedShare))
                .containsExactly(Category.OTP, Category.ALERT);
        assertThat(Category.values()).startsWith(Category.OTP).endsWith(Category.MARKETING);
    }
}
