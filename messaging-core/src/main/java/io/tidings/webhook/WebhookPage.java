package io.tidings.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the webhooks that were asked for. It may hold few or none although there are more: a page looks at a bounded number
 * of rows.
 *
 * @param entries the newest first
 * @param next where the next page goes on, or {@code null} after the last
 */
public record WebhookPage(
        List<WebhookEntry> entries, @Nullable String next) {

    /** Copies the list. */
    public WebhookPage {
        entries = List.copyOf(entries);
    }
}
