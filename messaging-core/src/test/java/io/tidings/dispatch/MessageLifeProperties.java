package io.tidings.dispatch;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Row 47: 2,000 sequences in the default build, 100,000 with {@code -Dtidings.torture=full}. */
class MessageLifeProperties {
    private static final int TRIES = 2_000;
    private static final int PER_TRY =
            System.getProperty("tidings.torture", "short").equals("full") ? 50 : 1;

    @Property(tries = TRIES)
    void whatever_happens_in_whatever_order_the_promises_hold_after_each_step(
            @ForAll("sequences") List<List<MessageLife.Step>> sequences) {
        for (List<MessageLife.Step> sequence : sequences) {
            MessageLife life = new MessageLife();
            for (MessageLife.Step step : sequence) {
                life.take(step);
                life.check(step);
            }
        }
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
        return steps.list().ofMinSize(1).ofMaxSize(60).list().ofSize(PER_TRY);
    }
}
