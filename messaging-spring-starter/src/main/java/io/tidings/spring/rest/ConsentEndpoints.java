package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.consent.ConsentAnswer;
import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentQuestion;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Who may be contacted, and how that is known. */
final class ConsentEndpoints {
    private final Supplier<Tidings> tidings;

    ConsentEndpoints(Supplier<Tidings> tidings) {
        this.tidings = tidings;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/consent/{number}", Scope.READ, this::find),
                new Endpoint("POST", "/consent/{number}/opt-out", Scope.SEND, call -> record(call, true)),
                new Endpoint("POST", "/consent/{number}/opt-in", Scope.SEND, call -> record(call, false)));
    }

    private Answer find(Call call) {
        PhoneNumber number = call.number();
        ObjectNode json = Views.object().put("number", number.e164());
        ObjectNode answers = json.putObject("mayContact");
        for (Category category : Category.values()) {
            ConsentAnswer answer = tidings.get()
                    .consent()
                    .mayContact(new ConsentQuestion(
                            call.tenant(),
                            number,
                            category,
                            call.asked("channel")
                                    .map(text -> Fields.oneOf(Channel.class, "channel", text))
                                    .orElse(Channel.SMS),
                            null,
                            call.asked("topic").orElse(null)));
            answers.putObject(category.name()).put("allowed", answer.allowed()).put("reason", answer.reason());
        }
        json.set(
                "entries", Views.array(tidings.get().consent().entries(call.tenant(), number), ConsentEndpoints::view));
        return Answer.ok(json);
    }

    private static ObjectNode view(ConsentEntry entry) {
        ObjectNode json = Views.object()
                .put("kind", entry.kind().name())
                .put("at", entry.at().toString())
                .put("source", entry.evidence().source().name())
                .put("actor", entry.evidence().actor());
        Views.put(json, "topic", entry.scope().topic());
        Views.put(json, "channel", entry.scope().channel());
        Views.put(json, "reference", entry.evidence().reference());
        return json;
    }

    private Answer record(Call call, boolean out) {
        PhoneNumber number = call.number();
        ConsentScope scope = ConsentScope.of(call.tenant());
        String topic = call.body().text("topic").orElse(null);
        if (topic != null) {
            scope = scope.about(topic);
        }
        Evidence evidence = Evidence.host(call.body().needed("actor"));
        String words = call.body().text("words").orElse(null);
        if (words != null) {
            evidence = evidence.withText(words);
        }
        if (!call.key().isEmpty()) {
            evidence = evidence.withReference(call.key());
        }
        call.body().end();
        boolean fresh = out
                ? tidings.get().consent().optOut(scope, number, evidence)
                : tidings.get().consent().optIn(scope, number, evidence);
        return new Answer(fresh ? 201 : 200, Views.object().put("recorded", fresh), Map.of());
    }
}
