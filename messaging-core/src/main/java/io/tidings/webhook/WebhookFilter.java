package io.tidings.webhook;

import io.tidings.message.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks are asked for.
 *
 * @param tenant whose
 * @param kind of which kind, or {@code null} for all
 * @param outcome with which outcome, or {@code null} for all
 * @param from not before this time, or {@code null}
 * @param until before this time, or {@code null}
 */
public record WebhookFilter(
        TenantId tenant,
        WebhookEntry.@Nullable Kind kind,
        @Nullable String outcome,
        @Nullable Instant from,
        @Nullable Instant until) {

    /** All of a tenant. */
    public static WebhookFilter of(TenantId tenant) {
        return new WebhookFilter(tenant, null, null, null, null);
    }

    /** Those of them of one kind. */
    public WebhookFilter of(WebhookEntry.Kind one) {
        return new WebhookFilter(tenant, one, outcome, from, until);
    }

    /** Those of them with one outcome. */
    public WebhookFilter ended(String one) {
        return new WebhookFilter(tenant, kind, one, from, until);
    }

    /** Those of them that came in this time. */
    public WebhookFilter between(Instant start, Instant end) {
        return new WebhookFilter(tenant, kind, outcome, start, end);
    }

    boolean asksFor(WebhookEntry.Kind one) {
        return kind == null || kind == one;
    }

    /** Of the kind and the tenant it is already. */
    boolean has(WebhookEntry entry) {
        return (outcome == null || outcome.equals(entry.outcome()))
                && (from == null || !entry.at().isBefore(from))
                && (until == null || entry.at().isBefore(until));
    }
}
