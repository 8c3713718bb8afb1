package io.tidings.jdbc;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentRules;
import io.tidings.gate.FactSource.Question;
import io.tidings.gate.Facts;
import io.tidings.gate.Known;
import io.tidings.gate.Needs;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what the tables say about one question. Not safe for use by several threads. */
final class Answer {
    private final Question question;
    private final List<Needs.Recent> recents;
    private final Map<Long, ConsentEntry> consent = new TreeMap<>();
    private final Map<Needs.Recent, Instant> recent = new HashMap<>();
    private final Map<String, Long> used = new HashMap<>();
    private final Map<String, Instant> blocked = new HashMap<>();
    private @Nullable Instant sameTextAt;
    private @Nullable Instant lastInboundAt;
    private long tenantBacklog;
    private long backlog;

    Answer(Question question) {
        this.question = question;
        this.recents = List.copyOf(question.needs().recent());
    }

    Question question() {
        return question;
    }

    /** In a fixed order, so that a row can name one by its place. */
    List<Needs.Recent> recents() {
        return recents;
    }

    /** An entry at this place of the ledger. */
    void consent(long place, ConsentEntry entry) {
        consent.put(place, entry);
    }

    void sameTextAt(@Nullable Instant at) {
        sameTextAt = at;
    }

    void recent(int place, Instant at) {
        recent.put(recents.get(place), at);
    }

    void tenantBacklog(long waiting) {
        tenantBacklog = waiting;
    }

    void backlog(long waiting) {
        backlog = waiting;
    }

    void used(String name, long amount) {
        used.put(name, amount);
    }

    void blocked(String name, Instant until) {
        blocked.put(name, until);
    }

    void lastInboundAt(@Nullable Instant at) {
        lastInboundAt = at;
    }

    Facts facts() {
        return new Facts(
                ConsentRules.state(List.copyOf(consent.values()), question.message()),
                sameTextAt,
                tenantBacklog,
                backlog,
                question.needs().isNone() ? Known.NOTHING : new Known(recent, used, blocked),
                lastInboundAt);
    }
}
