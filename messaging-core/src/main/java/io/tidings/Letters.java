package io.tidings;

import io.tidings.inbound.InboundWorker;
import io.tidings.message.AccountId;
import io.tidings.message.Received;
import io.tidings.webhook.InboundSink;
import io.tidings.webhook.RawCallback;
import java.util.HashMap;
import java.util.Map;

/** Brings what people send from the door to the worker, which neither knows the other. */
record Letters(InboundWorker worker) implements InboundSink {

    @Override
    public String accept(AccountId account, Received received, RawCallback raw) {
        Map<String, String> parameters = new HashMap<>();
        raw.parameters()
                .forEach(parameter -> parameters.merge(
                        parameter.name(), parameter.value(), (first, second) -> first + "\n" + second));
        return worker.accept(account, received, parameters);
    }
}
