package io.tidings.webhook;

/**
 * How many requests ended how, since the start.
 *
 * @param kept stored and merged: 204
 * @param orphaned genuine, but for an attempt that does not exist here: 200
 * @param forbidden not signed, or not rightly: 403
 * @param refused signed or not, something else was wrong with it: other 4xx
 * @param unavailable could not be kept or checked, the provider may come again: 503
 * @param received inbound messages, stored now or before: 200
 */
public record WebhookCounts(long kept, long orphaned, long forbidden, long refused, long unavailable, long received) {}
