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
        Map<String, String> parameters = new HashMap<>();
        raw.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
        boolean known = settler.report(
                attempt,
                new Observation(
                        fact.status(),
                        fact.sid(),
                        fact.errorCode(),
                        null,
                        Observation.Source.CALLBACK,
                        fact.at(),
                        parameters));
        return known ? Kept.MERGED : Kept.ORPHANED;
    }
}
