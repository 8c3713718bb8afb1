package io.tidings.outbox;

import io.tidings.history.MessageRow;
import io.tidings.outbox.Handover.Advanced;
import io.tidings.outbox.Handover.Told;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message whose row was replaced.
 *
 * @param before what it was, {@code null} if it comes from the queue
 * @param after what it is now
 */
record Move(@Nullable MessageRow before, MessageRow after) {

    /** What these reports moved, in their order. */
    static List<Move> all(List<Told> told, Advanced advanced) {
        List<Move> moves = new ArrayList<>();
        for (Told one : told) {
            MessageRow before = advanced.moved().get(one.attempt());
            if (before != null) {
                moves.add(new Move(
                        before, before.with(one.status(), null, one.seen().at())));
            }
        }
        return moves;
    }
}
