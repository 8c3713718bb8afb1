package io.tidings.dispatch;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Row 47: 2,000 sequences in the default build, 100,000 with {@code -Dtidings.torture=full}. */
class MessageLifeProperties {
    private static final int TRIES = 2_000;
    private static final int PER_TRY =
            System.getProperty("tidings.torture", "short").equals("full") ? 50 : 1;

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void whatever_happens_in_whatever_order_the_promises_hold_after_each_step(
            @ForAll("sequences") List<List<MessageLife.Step>> sequences) {
        for (List<MessageLife.Step> sequence : sequences) {
            AssertionError broken = live(sequence);
            if (broken != null) {
                List<MessageLife.Step> least = reduced(sequence);
                throw new AssertionError(least + " breaks a promise: " + live(least), broken);
            }
        }
    }

    private static @Nullable AssertionError live(List<MessageLife.Step> sequence) {
        MessageLife life = new MessageLife();
        try {
            for (MessageLife.Step step : sequence) {
                life.take(step);
                life.check(step);
            }
            return null;
        } catch (AssertionError e) {
            return e;
        } catch (RuntimeException e) {
            return new AssertionError(e);
        }
    }

    /** Leaves out every step that is not needed to break it. */
    private static List<MessageLife.Step> reduced(List<MessageLife.Step> broken) {
        List<MessageLife.Step> least = new ArrayList<>(broken);
        for (int i = least.size() - 1; i >= 0; i--) {
            MessageLife.Step step = least.remove(i);
            if (live(least) == null) {
                least.add(i, step);
            }
        }
        return least;
    }

    @Provide
    Arbitrary<List<List<MessageLife.Step>>> sequences() {
        Arbitrary<MessageLife.Act> acts = Arbitraries.frequency(
                Tuple.of(3, MessageLife.Act.SEND),
                Tuple.of(8, MessageLife.Act.TICK),
                Tuple.of(8, MessageLife.Act.ANSWER),
                Tuple.of(8, MessageLife.Act.CALLBACK),
                Tuple.of(2, MessageLife.Act.SAME_CALLBACK),
                Tuple.of(2, MessageLife.Act.POLL),
                Tuple.of(1, MessageLife.Act.CANCEL),
                Tuple.of(2, MessageLife.Act.REPLAY),
                Tuple.of(1, MessageLife.Act.RESEND),
                Tuple.of(5, MessageLife.Act.TIME),
                Tuple.of(1, MessageLife.Act.NODE_LOSS));
        Arbitrary<MessageLife.Step> steps = Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 23))
                .as(MessageLife.Step::new);
        return steps.list().ofMinSize(10).ofMaxSize(60).list().ofSize(PER_TRY);
    }
}
