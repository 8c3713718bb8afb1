package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest calls of triggers on this node, for whoever connects a tool and wonders what it sent. Names of fields are kept,
 * values are not. Safe for use by many threads.
 */
final class TriggerLog {
    private static final int MOST = 1000;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /**
     * A call.
     *
     * @param at when
     * @param trigger which
     * @param tenant whose
     * @param actor by whom
     * @param fields the names of what was given
     * @param outcome the receipt's status, or the code of the problem
     * @param stored whether a message was stored
     * @param message the message, if one was stored
     */
    record Entry(
            Instant at,
            String trigger,
            TenantId tenant,
            Actor actor,
            Set<String> fields,
            String outcome,
            boolean stored,
            @Nullable MessageId message) {}

    synchronized void add(Entry entry) {
        if (entries.size() == MOST) {
            entries.removeLast();
        }
        entries.addFirst(entry);
    }

    /** Newest first. */
    synchronized List<Entry> find(String trigger, TenantId tenant, int limit) {
        return entries.stream()
                .filter(entry ->
                        entry.trigger().equals(trigger) && entry.tenant().equals(tenant))
                .limit(limit)
                .toList();
    }
}
