package io.tidings;

import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.outbox.Settler;
import io.tidings.provider.ProviderFact;
import io.tidings.webhook.RawCallback;
import io.tidings.webhook.StatusSink;
import java.util.HashMap;
import java.util.Map;

/** Brings status callbacks to the settler, which neither knows the other. */
record Reports(Settler settler) implements StatusSink {

    @Override
    public Kept accept(AttemptId attempt, ProviderFact fact, RawCallback raw) {
        return kept(settler.report(attempt, observation(fact, raw)));
    }

    @Override
    public StatusSink together() {
        return (attempt, fact, raw) -> kept(settler.reportTogether(attempt, observation(fact, raw)));
    }

    private static Observation observation(ProviderFact fact, RawCallback raw) {
        Map<String, String> parameters = new HashMap<>();
        raw.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
        return new Observation(
                fact.status(), fact.sid(), fact.errorCode(), null, Observation.Source.CALLBACK, fact.at(), parameters);
    }

    private static Kept kept(boolean known) {
        return known ? Kept.MERGED : Kept.ORPHANED;
    }
}
