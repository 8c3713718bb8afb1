package io.tidings.webhook;

import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.provider.ProviderFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The smallest sink that keeps its promise: one lock, raw log, merge. */
final class MemorySink implements StatusSink {
    private final Map<AttemptId, Row> rows = new HashMap<>();
    private final List<AttemptId> orphans = new ArrayList<>();

    /** What is known of one attempt. */
    record State(AttemptStatus status, String sid, int errorCode, boolean conflict) {}

    private static final class Row {
        private final Set<ProviderFact> facts = new HashSet<>();
        private final List<RawCallback> raw = new ArrayList<>();
        private AttemptStatus status = AttemptStatus.SENDING_TO_PROVIDER;
        private String sid = "";
        private int errorCode;
        private boolean conflict;

        void merge(ProviderFact fact) {
            conflict |= facts.stream().anyMatch(known -> known.status().contradicts(fact.status()));
            facts.add(fact);
            status = status.merge(fact.status());
            errorCode = status == fact.status() ? fact.errorCode() : errorCode;
            sid = fact.sid();
        }
    }

    synchronized void intend(AttemptId attempt) {
        rows.put(attempt, new Row());
    }

    synchronized void answered(AttemptId attempt, ProviderFact fact) {
        rows.get(attempt).merge(fact);
    }

    @Override
    public synchronized Kept accept(AttemptId attempt, ProviderFact fact, RawCallback raw) {
        Row row = rows.get(attempt);
        if (row == null) {
            orphans.add(attempt);
            return Kept.ORPHANED;
        }
        row.raw.add(raw);
        row.merge(fact);
        return Kept.MERGED;
    }

    synchronized State state(AttemptId attempt) {
        Row row = rows.get(attempt);
        return new State(row.status, row.sid, row.errorCode, row.conflict);
    }

    synchronized List<RawCallback> raw(AttemptId attempt) {
        return List.copyOf(rows.get(attempt).raw);
    }

    synchronized Set<ProviderFact> facts(AttemptId attempt) {
        return Set.copyOf(rows.get(attempt).facts);
    }

    synchronized List<AttemptId> orphans() {
        return List.copyOf(orphans);
    }

    synchronized void forget(AttemptId attempt) {
        rows.remove(attempt);
    }
}
