package io.tidings.examples.quickstart;

import io.tidings.message.Money;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.MessageView;
import org.jspecify.annotations.Nullable;

/**
 * A row that became a message, and how that ended.
 *
 * @param order the token in its text
 * @param cost what one copy costs by the price book, or {@code null}
 * @param story what Tidings says about the message at the end
 */
record SentRow(String order, @Nullable Money cost, Explanation story) {

    MessageView view() {
        return story.message();
    }

    Fate fate() {
        return Fate.of(view());
    }
}
