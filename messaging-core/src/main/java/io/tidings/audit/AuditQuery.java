package io.tidings.audit;

import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What entries to look for; whatever is {@code null} does not matter.
 *
 * @param tenant whose
 * @param actor by whom
 * @param action what
 * @param message about which message
 * @param span within which time
 * @param after the last entry of the page before
 * @param limit at most so many, 1 to 1000
 */
public record AuditQuery(
        @Nullable TenantId tenant,
        @Nullable Actor actor,
        @Nullable Action action,
        @Nullable MessageId message,
        Span span,
        @Nullable Cursor after,
        int limit) {
    private static final Span EVER = new Span(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));

    /** Checks the limit. */
    public AuditQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a page has 1 to 1000 entries, got " + limit);
        }
    }

    /** Everything, 100 a page. */
    public static AuditQuery all() {
        return new AuditQuery(null, null, null, null, EVER, null, 100);
    }

    /** The same for one tenant. */
    public AuditQuery of(TenantId one) {
        return new AuditQuery(one, actor, action, message, span, after, limit);
    }

    /** The same for one actor. */
    public AuditQuery by(Actor one) {
        return new AuditQuery(tenant, one, action, message, span, after, limit);
    }

    /** The same for one action. */
    public AuditQuery of(Action one) {
        return new AuditQuery(tenant, actor, one, message, span, after, limit);
    }

    /** The same for one message. */
    public AuditQuery about(MessageId one) {
        return new AuditQuery(tenant, actor, action, one, span, after, limit);
    }

    /** The same from one time on and before another. */
    public AuditQuery between(Instant from, Instant until) {
        return new AuditQuery(tenant, actor, action, message, new Span(from, until), after, limit);
    }

    /** The page behind this entry. */
    public AuditQuery after(AuditEntry last) {
        return new AuditQuery(tenant, actor, action, message, span, new Cursor(last.at(), last.id()), limit);
    }

    /** The same with another size of the page. */
    public AuditQuery limit(int most) {
        return new AuditQuery(tenant, actor, action, message, span, after, most);
    }

    /**
     * A span of time.
     *
     * @param from the first instant
     * @param until the first instant behind it
     */
    public record Span(Instant from, Instant until) {
        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    /**
     * A place in the order of entries.
     *
     * @param at the time of the entry there
     * @param id its id; ids sort as their text does
     */
    public record Cursor(Instant at, UUID id) {}
}
