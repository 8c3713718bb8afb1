package io.tidings.webhook;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.history.InboundState;
import io.tidings.history.Observation;
import io.tidings.history.WebhookStore;
import io.tidings.history.WebhookStore.Heard;
import io.tidings.history.WebhookStore.Seen;
import io.tidings.inbound.InboundDesk;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All webhooks of the provider that were taken in, newest first, and taking one of them in again. It is read from what is kept
 * of attempts and of messages from people, so it reaches as far back as those do. What was refused is counted only, see {@link
 * Webhooks#counts}. Safe for use by many threads.
 */
public final class WebhookLog {
    private static final int AT_ONCE = 500;
    private static final Pattern STATUS = Pattern.compile("status-([0-9]{1,18})");
    private static final Pattern INBOUND = Pattern.compile("inbound-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})");
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,18}");

    private final WebhookStore store;
    private final AuditLog acts;
    private final InboundDesk desk;
    private final Supplier<Webhooks> webhooks;

    /** Over this store; the supplier may throw where no callbacks are taken in. */
    public WebhookLog(WebhookStore store, AuditLog acts, InboundDesk desk, Supplier<Webhooks> webhooks) {
        this.store = store;
        this.acts = acts;
        this.desk = desk;
        this.webhooks = webhooks;
    }

    /** What came of a replay. */
    public enum Replay {
        /** It was taken in again. What was known already changed nothing. */
        TAKEN_IN,
        /** A message from a person that waits for its handler, or whose handler has succeeded: nothing was done. */
        NOTHING_TO_DO,
        /** Its parameters are kept no longer: nothing was done. */
        NOT_KEPT,
        /** There is no such webhook of this tenant. */
        UNKNOWN
    }

    /**
     * Webhooks, the newest first. A page looks at 5,000 rows of each table at most, so it may be short.
     *
     * @param after the {@link WebhookPage#next} of the page before, or {@code null}
     * @param limit 1 to 1000
     */
    public WebhookPage page(WebhookFilter filter, @Nullable String after, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a page has 1 to 1000 entries, got " + limit);
        }
        Cursor start = after == null ? start(filter.until()) : Cursor.parse(after);
        Lane<Long> statuses = new Lane<>(start.place(), place -> statuses(filter, place), filter);
        Lane<MessageId> letters = new Lane<>(start.id(), id -> letters(filter, id), filter);
        List<WebhookEntry> found = new ArrayList<>();
        boolean more = true;
        while (more && found.size() < limit) {
            WebhookEntry status = statuses.peek();
            WebhookEntry letter = letters.peek();
            // A lane that may be looked at no further can hold a newer one than the other has.
            boolean cut = (status == null && !statuses.ended()) || (letter == null && !letters.ended());
            more = !cut && (status != null || letter != null);
            if (more && status != null && (letter == null || !status.at().isBefore(letter.at()))) {
                found.add(status);
                statuses.take();
            } else if (more && letter != null) {
                found.add(letter);
                letters.take();
            }
        }
        boolean last = statuses.peek() == null && statuses.ended() && letters.peek() == null && letters.ended();
        return new WebhookPage(found, last ? null : new Cursor(statuses.place(), letters.place()).toString());
    }

    /** Below which rows a page goes on. */
    private record Cursor(long place, MessageId id) {
        static Cursor parse(String text) {
            int cut = text.indexOf('_');
            if (cut < 0 || !PLACE.matcher(text.substring(0, cut)).matches()) {
                throw new IllegalArgumentException("after is the next of the page before");
            }
            return new Cursor(Long.parseLong(text.substring(0, cut)), MessageId.parse(text.substring(cut + 1)));
        }

        @Override
        public String toString() {
            return place + "_" + id;
        }
    }

    private Cursor start(@Nullable Instant until) {
        return until == null
                ? new Cursor(WebhookStore.TOP, WebhookStore.after(WebhookStore.FAR))
                : new Cursor(below(until.plus(Lane.SKEW)), WebhookStore.after(until));
    }

    /** Above all that was seen until then, by halving: places grow with the arrival. */
    private long below(Instant until) {
        long high = store.seenBelow(WebhookStore.TOP, 1).stream()
                .mapToLong(newest -> newest.place() + 1)
                .sum();
        long low = 0;
        while (high - low > AT_ONCE) {
            long middle = (low + high) >>> 1;
            boolean later = store.seenBelow(middle, 1).stream()
                    .anyMatch(row -> row.seen().at().isAfter(until));
            if (later) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private List<Lane.Row<Long>> statuses(WebhookFilter filter, long place) {
        if (!filter.asksFor(WebhookEntry.Kind.STATUS)) {
            return List.of();
        }
        return store.seenBelow(place, AT_ONCE).stream()
                .map(row -> new Lane.Row<>(
                        row.place(), row.seen().at(), isCallback(filter.tenant(), row) ? entry(row) : null))
                .toList();
    }

    private List<Lane.Row<MessageId>> letters(WebhookFilter filter, MessageId id) {
        if (!filter.asksFor(WebhookEntry.Kind.INBOUND)) {
            return List.of();
        }
        return store.heardBelow(id, AT_ONCE).stream()
                .map(row -> new Lane.Row<>(
                        row.row().message().id(), row.arrivedAt(), isWebhook(filter.tenant(), row) ? entry(row) : null))
                .toList();
    }

    private static boolean isCallback(TenantId tenant, Seen row) {
        return tenant.equals(row.tenant()) && row.seen().source() == Observation.Source.CALLBACK;
    }

    /** Not one that was found in the provider's list. */
    private static boolean isWebhook(TenantId tenant, Heard row) {
        return row.row().message().tenant().equals(tenant) && !row.raw().isEmpty();
    }

    private static WebhookEntry entry(Seen row) {
        return new WebhookEntry(
                "status-" + row.place(),
                WebhookEntry.Kind.STATUS,
                row.seen().at(),
                row.seen().status().name(),
                row.attempt().message(),
                row.attempt(),
                row.seen().raw());
    }

    private static WebhookEntry entry(Heard row) {
        MessageId id = row.row().message().id();
        return new WebhookEntry(
                "inbound-" + id,
                WebhookEntry.Kind.INBOUND,
                row.arrivedAt(),
                row.row().state().name(),
                id,
                null,
                row.raw());
    }

    /**
     * Takes a webhook in again. A status that is known changes nothing. A message from a person begins anew if it stands in
     * quarantine; one whose handler has succeeded is neither handled nor answered again. Audited, if something was done.
     */
    public Replay replay(TenantId tenant, String id) {
        Matcher status = STATUS.matcher(id);
        Matcher inbound = INBOUND.matcher(id);
        if (status.matches()) {
            return status(tenant, Long.parseLong(status.group(1)));
        }
        return inbound.matches() ? inbound(tenant, MessageId.parse(inbound.group(1))) : Replay.UNKNOWN;
    }

    private Replay status(TenantId tenant, long place) {
        Optional<Seen> row = store.seenBelow(place + 1, 1).stream()
                .filter(each -> each.place() == place && isCallback(tenant, each))
                .findFirst();
        if (row.isEmpty()) {
            return Replay.UNKNOWN;
        }
        return replay(tenant, row.get().attempt(), row.get().seen().raw()) ? Replay.TAKEN_IN : Replay.NOT_KEPT;
    }

    /** Takes a status callback in again, as {@link Webhooks#replay} does. Audited, if it could be. */
    public boolean replay(TenantId tenant, AttemptId attempt, Map<String, String> parameters) {
        return acts.transactions().run(() -> {
            boolean taken = webhooks.get().replay(attempt, parameters);
            if (taken) {
                acts.act(Action.WEBHOOK_REPLAYED)
                        .tenant(tenant)
                        .message(attempt.message())
                        .detail("attempt", Integer.toString(attempt.number()))
                        .record();
            }
            return taken;
        });
    }

    private Replay inbound(TenantId tenant, MessageId id) {
        return desk.find(id)
                .filter(row -> row.message().tenant().equals(tenant))
                .map(row -> row.state() == InboundState.QUARANTINED ? anew(tenant, id) : Replay.NOTHING_TO_DO)
                .orElse(Replay.UNKNOWN);
    }

    private Replay anew(TenantId tenant, MessageId id) {
        return acts.transactions().run(() -> {
            if (!desk.retry(id)) {
                return Replay.NOTHING_TO_DO;
            }
            acts.act(Action.WEBHOOK_REPLAYED)
                    .tenant(tenant)
                    .detail("inbound", id.toString())
                    .record();
            return Replay.TAKEN_IN;
        });
    }
}
