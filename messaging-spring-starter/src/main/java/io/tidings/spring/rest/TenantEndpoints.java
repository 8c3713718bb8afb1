package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.message.TenantId;
import io.tidings.tenant.Suspension;
import io.tidings.tenant.TenantSettings;
import io.tidings.tenant.Tenants;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Tenants, from their beginning to their end. A caller who has a tenant sees and changes its own settings, nothing else. */
final class TenantEndpoints {
    private final Supplier<Tidings> tidings;

    TenantEndpoints(Supplier<Tidings> tidings) {
        this.tidings = tidings;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/tenants", Scope.ADMIN, this::list),
                new Endpoint("POST", "/tenants", Scope.ADMIN, this::create),
                new Endpoint("GET", "/tenants/{tenant}", Scope.READ, this::find),
                new Endpoint(
                        "DELETE",
                        "/tenants/{tenant}",
                        Scope.ADMIN,
                        call -> decide(call, (tenant, reason) -> tenants().delete(tenant, reason))),
                new Endpoint(
                        "POST",
                        "/tenants/{tenant}/suspend",
                        Scope.ADMIN,
                        call -> decide(call, (tenant, reason) -> tenants().suspend(tenant, reason))),
                new Endpoint(
                        "POST",
                        "/tenants/{tenant}/resume",
                        Scope.ADMIN,
                        call -> decide(call, (tenant, reason) -> tenants().resume(tenant, reason))),
                new Endpoint("GET", "/tenants/{tenant}/settings", Scope.READ, this::settings),
                new Endpoint("PUT", "/tenants/{tenant}/settings", Scope.ADMIN, this::change));
    }

    private Tenants tenants() {
        return tidings.get().tenants();
    }

    private Answer list(Call call) {
        call.requireAllTenants();
        ObjectNode json = Views.object();
        json.set("tenants", Views.array(tenants().tenants(), this::view));
        return Answer.ok(json);
    }

    private Answer create(Call call) {
        call.requireAllTenants();
        TenantId tenant = new TenantId(call.body().needed("tenant"));
        TenantSettings wanted = TenantSettings.parse(call.body().texts("settings"));
        String reason = call.body().needed("reason");
        call.body().end();
        try {
            tenants().create(tenant, wanted, reason);
        } catch (IllegalStateException e) {
            throw new Problem(409, "tenant-exists", "There is a tenant of this name already.");
        }
        return new Answer(201, view(tenant), Map.of("Location", "tenants/" + tenant));
    }

    private Answer find(Call call) {
        TenantId tenant = named(call);
        if (call.access().tenant() == null && !tenants().tenants().contains(tenant)) {
            throw Problem.notFound();
        }
        return Answer.ok(view(tenant));
    }

    /** Not by the tenant itself: it could end its own suspension. */
    private Answer decide(Call call, BiConsumer<TenantId, String> act) {
        call.requireAllTenants();
        TenantId tenant = named(call);
        String reason = call.body().needed("reason");
        call.body().end();
        if (!tenants().tenants().contains(tenant)) {
            throw Problem.notFound();
        }
        act.accept(tenant, reason);
        return Answer.ok(view(tenant));
    }

    private Answer settings(Call call) {
        TenantId tenant = named(call);
        return Answer.ok(settings(tenants().settings(tenant)));
    }

    private Answer change(Call call) {
        TenantId tenant = named(call);
        TenantSettings wanted = TenantSettings.parse(call.body().texts("settings"));
        String reason = call.body().needed("reason");
        call.body().end();
        return Answer.ok(settings(tenants().change(tenant, wanted, reason)));
    }

    private static TenantId named(Call call) {
        String name = call.path().get(0);
        TenantId own = call.access().tenant();
        if (own != null && !own.value().equals(name)) {
            throw Problem.notFound();
        }
        return new TenantId(name);
    }

    private ObjectNode view(TenantId tenant) {
        TenantSettings settings = tenants().settings(tenant);
        Suspension suspension = settings.suspension();
        ObjectNode json = Views.object().put("tenant", tenant.value());
        json.put("status", suspension == null ? "ACTIVE" : suspension.forGood() ? "DELETED" : "SUSPENDED");
        Views.put(json, "reason", suspension == null ? null : suspension.reason());
        json.set("settings", settings(settings).get("settings"));
        return json;
    }

    private static ObjectNode settings(TenantSettings settings) {
        ObjectNode json = Views.object();
        ObjectNode values = json.putObject("settings");
        settings.values().forEach(values::put);
        return json;
    }
}
