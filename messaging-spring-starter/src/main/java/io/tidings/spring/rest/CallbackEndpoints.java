package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.history.Observation;
import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import io.tidings.outbox.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the provider called about a message, as it came, and taking one of those in again. */
final class CallbackEndpoints {
    private final Supplier<Tidings> tidings;
    private final MessageEndpoints messages;

    CallbackEndpoints(Supplier<Tidings> tidings, MessageEndpoints messages) {
        this.tidings = tidings;
        this.messages = messages;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/messages/{id}/callbacks", Scope.READ, this::list),
                new Endpoint("POST", "/messages/{id}/callbacks/{number}/replay", Scope.OPERATE, this::replay));
    }

    private record Kept(AttemptId attempt, Observation seen) {}

    /** Those whose parameters are still kept, in the order of arrival. */
    private List<Kept> kept(Call call) {
        MessageId id = messages.own(call).id();
        List<Kept> all = new ArrayList<>();
        for (Explanation.Story story :
                tidings.get().explain(id).orElseThrow(Problem::notFound).attempts()) {
            story.seen().stream()
                    .filter(seen -> seen.source() == Observation.Source.CALLBACK)
                    .forEach(seen -> all.add(new Kept(story.attempt().id(), seen)));
        }
        return all;
    }

    private Answer list(Call call) {
        List<Kept> kept = kept(call);
        ObjectNode json = Views.object();
        List<Integer> numbers = new ArrayList<>();
        json.set("callbacks", Views.array(kept, each -> {
            numbers.add(numbers.size() + 1);
            ObjectNode one = Views.object()
                    .put("number", numbers.size())
                    .put("attempt", each.attempt().number())
                    .put("at", each.seen().at().toString())
                    .put("status", each.seen().status().name());
            ObjectNode parameters = one.putObject("parameters");
            each.seen().raw().forEach(parameters::put);
            return one;
        }));
        return Answer.ok(json);
    }

    private Answer replay(Call call) {
        List<Kept> kept = kept(call);
        call.body().end();
        String number = call.path().get(1);
        if (!number.matches("[1-9][0-9]{0,5}") || Integer.parseInt(number) > kept.size()) {
            throw Problem.notFound();
        }
        Kept one = kept.get(Integer.parseInt(number) - 1);
        if (!tidings.get()
                .webhookLog()
                .replay(call.tenant(), one.attempt(), one.seen().raw())) {
            throw notKept();
        }
        ObjectNode json = Views.object();
        json.set("message", Views.message(messages.own(call)));
        return new Answer(200, json, Map.of());
    }

    static Problem notKept() {
        return new Problem(409, "not-replayable", "The parameters of this callback are not kept any more.");
    }
}
