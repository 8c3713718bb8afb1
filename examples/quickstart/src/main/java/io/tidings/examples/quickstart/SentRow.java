package io.tidings.examples.quickstart;

import io.tidings.message.Money;
import io.tidings.outbox.MessageView;
import org.jspecify.annotations.Nullable;

/**
 * A row that became a message, and how that ended.
 *
 * @param order the token in its text
 * @param cost what one copy costs by the price book, or {@code null}
 * @param view the message at the end
 */
record SentRow(String order, @Nullable Money cost, MessageView view) {

    Fate fate() {
        return Fate.of(view);
    }
}
