package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.template.TemplateDraft;
import io.tidings.template.TemplateVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Templates, which all tenants share: a caller of one tenant reads them and changes none. */
final class TemplateEndpoints {
    private final Supplier<Tidings> tidings;

    TemplateEndpoints(Supplier<Tidings> tidings) {
        this.tidings = tidings;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/templates", Scope.READ, this::list),
                new Endpoint("GET", "/templates/{name}", Scope.READ, this::versions),
                new Endpoint("PUT", "/templates/{name}", Scope.ADMIN, this::put));
    }

    private Answer list(Call call) {
        List<TemplateVersion> found =
                tidings.get().templates().list(call.asked("after").orElse(""), call.limit());
        ObjectNode json = Views.object();
        json.set("templates", Views.array(found, TemplateEndpoints::view));
        if (found.size() == call.limit()) {
            json.put("next", found.get(found.size() - 1).name());
        }
        return Answer.ok(json);
    }

    private Answer versions(Call call) {
        List<TemplateVersion> versions =
                tidings.get().templates().versions(call.path().get(0));
        if (versions.isEmpty()) {
            throw Problem.notFound();
        }
        ObjectNode json = Views.object();
        json.set("versions", Views.array(versions, TemplateEndpoints::view));
        return Answer.ok(json);
    }

    /** The first version, or the next one. */
    private Answer put(Call call) {
        call.requireAllTenants();
        String name = call.path().get(0);
        Map<Locale, String> texts = new HashMap<>();
        call.body().texts("texts").forEach((locale, text) -> texts.put(Locale.forLanguageTag(locale), text));
        call.body().text("text").ifPresent(text -> texts.put(Locale.ROOT, text));
        TemplateDraft draft = new TemplateDraft(
                name,
                texts,
                call.body().text("reference").orElse(null),
                call.body().texts("tags"));
        call.body().end();
        boolean fresh = tidings.get().templates().versions(name).isEmpty();
        TemplateVersion version = fresh
                ? tidings.get().templates().create(draft)
                : tidings.get().templates().update(draft);
        return new Answer(fresh ? 201 : 200, view(version), Map.of());
    }

    private static ObjectNode view(TemplateVersion version) {
        ObjectNode json = Views.object()
                .put("name", version.name())
                .put("version", version.number())
                .put("deleted", version.deleted());
        ObjectNode texts = json.putObject("texts");
        version.draft().texts().forEach((locale, text) -> texts.put(locale.toLanguageTag(), text));
        version.draft().variables().forEach(json.putArray("variables")::add);
        Views.put(json, "reference", version.draft().reference());
        return json;
    }
}
