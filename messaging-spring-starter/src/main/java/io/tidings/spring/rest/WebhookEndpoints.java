package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.message.AttemptId;
import io.tidings.webhook.WebhookEntry;
import io.tidings.webhook.WebhookFilter;
import io.tidings.webhook.WebhookLog;
import io.tidings.webhook.WebhookPage;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What the provider called about, all messages in one list, and taking one of those in again. */
final class WebhookEndpoints {
    private final Supplier<Tidings> tidings;

    WebhookEndpoints(Supplier<Tidings> tidings) {
        this.tidings = tidings;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/webhooks", Scope.READ, this::list),
                new Endpoint("POST", "/webhooks/{id}/replay", Scope.OPERATE, this::replay));
    }

    private Answer list(Call call) {
        WebhookFilter filter = new WebhookFilter(
                call.tenant(),
                call.asked("kind")
                        .map(text -> Fields.oneOf(WebhookEntry.Kind.class, "kind", text))
                        .orElse(null),
                call.asked("outcome").map(text -> text.toUpperCase(Locale.ROOT)).orElse(null),
                call.asked("from").map(text -> Fields.instant("from", text)).orElse(null),
                call.asked("until").map(text -> Fields.instant("until", text)).orElse(null));
        WebhookPage page =
                tidings.get().webhookLog().page(filter, call.asked("after").orElse(null), call.limit());
        ObjectNode json = Views.object();
        json.set("webhooks", Views.array(page.entries(), WebhookEndpoints::view));
        Views.put(json, "next", page.next());
        return Answer.ok(json);
    }

    private static ObjectNode view(WebhookEntry entry) {
        ObjectNode json = Views.object()
                .put("id", entry.id())
                .put("kind", entry.kind().name())
                .put("at", entry.at().toString())
                .put("outcome", entry.outcome())
                .put("message", entry.message().toString());
        AttemptId attempt = entry.attempt();
        if (attempt != null) {
            json.put("attempt", attempt.number());
        }
        ObjectNode parameters = json.putObject("parameters");
        entry.parameters().forEach(parameters::put);
        return json;
    }

    private Answer replay(Call call) {
        call.body().end();
        WebhookLog.Replay done =
                tidings.get().webhookLog().replay(call.tenant(), call.path().get(0));
        return switch (done) {
            case TAKEN_IN, NOTHING_TO_DO -> Answer.ok(Views.object().put("outcome", done.name()));
            case NOT_KEPT -> throw CallbackEndpoints.notKept();
            case UNKNOWN -> throw Problem.notFound();
        };
    }
}
