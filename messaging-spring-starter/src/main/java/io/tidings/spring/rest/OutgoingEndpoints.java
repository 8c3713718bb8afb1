package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.endpoint.EndpointView;
import io.tidings.endpoint.Endpoints;
import io.tidings.endpoint.WaitingDelivery;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The other systems that are told of events: how they do, and what an operator does about it. They are told of all tenants, so
 * none of this is for a caller who has one.
 */
final class OutgoingEndpoints {
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,18}");

    private final Supplier<Tidings> tidings;

    OutgoingEndpoints(Supplier<Tidings> tidings) {
        this.tidings = tidings;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/endpoints", Scope.OPERATE, this::list),
                new Endpoint(
                        "POST",
                        "/endpoints/{name}/pause",
                        Scope.OPERATE,
                        call -> turn(call, (name, reason) -> endpoints().disable(name, reason))),
                new Endpoint(
                        "POST",
                        "/endpoints/{name}/resume",
                        Scope.OPERATE,
                        call -> turn(call, (name, reason) -> endpoints().enable(name, reason))),
                new Endpoint("POST", "/endpoints/{name}/retry", Scope.OPERATE, this::retryAll),
                new Endpoint("GET", "/endpoints/{name}/deliveries", Scope.OPERATE, this::deliveries),
                new Endpoint("POST", "/endpoints/{name}/deliveries/{id}/retry", Scope.OPERATE, this::retry));
    }

    private Endpoints endpoints() {
        return tidings.get().endpoints();
    }

    private String named(Call call) {
        call.requireAllTenants();
        String name = call.path().get(0);
        if (!endpoints().names().contains(name)) {
            throw Problem.notFound();
        }
        return name;
    }

    private Answer list(Call call) {
        call.requireAllTenants();
        ObjectNode json = Views.object();
        json.set("endpoints", Views.array(endpoints().all(), OutgoingEndpoints::view));
        return Answer.ok(json);
    }

    private static ObjectNode view(EndpointView endpoint) {
        ObjectNode json = Views.object()
                .put("name", endpoint.name())
                .put("waiting", endpoint.deliveries().waiting())
                .put("setAside", endpoint.deliveries().setAside());
        Views.put(json, "failingFor", endpoint.state().failingFor());
        Views.put(json, "paused", endpoint.state().disabled());
        return json;
    }

    private Answer turn(Call call, BiConsumer<String, String> act) {
        String name = named(call);
        String reason = call.body().needed("reason");
        call.body().end();
        act.accept(name, reason);
        return Answer.ok(endpoints().all().stream()
                .filter(each -> each.name().equals(name))
                .map(OutgoingEndpoints::view)
                .findFirst()
                .orElseThrow(Problem::notFound));
    }

    private Answer retryAll(Call call) {
        String name = named(call);
        call.body().end();
        return Answer.ok(Views.object().put("retried", endpoints().retryAll(name)));
    }

    private Answer deliveries(Call call) {
        String name = named(call);
        long behind = call.asked("after").map(OutgoingEndpoints::place).orElse(0L);
        List<WaitingDelivery> page = endpoints().waiting(name, behind, call.limit());
        ObjectNode json = Views.object();
        json.set("deliveries", Views.array(page, OutgoingEndpoints::view));
        if (page.size() == call.limit()) {
            Views.put(json, "next", page.get(page.size() - 1).delivery().place());
        }
        return Answer.ok(json);
    }

    /** Without what the event is about: numbers may be among it. */
    private static ObjectNode view(WaitingDelivery waiting) {
        ObjectNode json = Views.object()
                .put("id", Long.toString(waiting.delivery().place()))
                .put("event", waiting.delivery().event().number())
                .put("kind", waiting.delivery().event().what().kind().name())
                .put("at", waiting.delivery().event().what().at().toString())
                .put("tries", waiting.delivery().tries())
                .put("setAside", waiting.setAside());
        Views.put(json, "dueAt", waiting.setAside() ? null : waiting.dueAt());
        return json;
    }

    private Answer retry(Call call) {
        String name = named(call);
        call.body().end();
        if (!endpoints().retry(name, place(call.path().get(1)))) {
            throw new Problem(409, "not-set-aside", "Only a delivery that was set aside begins anew.");
        }
        return Answer.ok(Views.object().put("retried", 1));
    }

    private static long place(String text) {
        if (!PLACE.matcher(text).matches()) {
            throw Problem.notFound();
        }
        return Long.parseLong(text);
    }
}
