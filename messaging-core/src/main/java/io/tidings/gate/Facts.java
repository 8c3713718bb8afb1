package io.tidings.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the stores know that gates decide by, read with one query.
 *
 * @param consent what the recipient said about being texted
 * @param sameTextAt when the newest other message with the same text to the same number was taken in, or {@code null}
 * @param tenantBacklog how many messages of the tenant wait
 * @param backlog how many messages wait in all
 * @param known the answers to what gates asked beyond that
 */
public record Facts(ConsentState consent, @Nullable Instant sameTextAt, long tenantBacklog, long backlog, Known known) {
    /** Nothing known: nobody opted out, nothing sent before, nothing waits. */
    public static final Facts NONE = new Facts(ConsentState.SILENT, null, 0, 0);

    /** Facts where no gate asked for more. */
    public Facts(ConsentState consent, @Nullable Instant sameTextAt, long tenantBacklog, long backlog) {
        this(consent, sameTextAt, tenantBacklog, backlog, Known.NOTHING);
    }
}
