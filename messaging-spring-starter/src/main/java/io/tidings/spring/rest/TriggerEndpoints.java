package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.message.Content;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.TimeSource;
import io.tidings.outbox.DryRun;
import io.tidings.outbox.Receipt;
import io.tidings.template.TemplateVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What CRMs and automation tools set off: they say whom and what it is about, and a text leaves by the template that the
 * application has set for it, perhaps days later. They send flat fields, in JSON or in the address, and usually all that they
 * have, so what the template does not need is let go.
 */
final class TriggerEndpoints {
    private static final Set<String> OURS = Set.of("to", "key", "locale", "test");

    private final Supplier<Tidings> tidings;
    private final Map<String, TidingsRestProperties.Trigger> triggers = new LinkedHashMap<>();
    private final TriggerLog log = new TriggerLog();
    private final TimeSource time;

    TriggerEndpoints(Supplier<Tidings> tidings, List<TidingsRestProperties.Trigger> all, TimeSource time) {
        this.tidings = tidings;
        this.time = time;
        for (TidingsRestProperties.Trigger trigger : all) {
            if (triggers.put(trigger.name(), trigger) != null) {
                throw new IllegalArgumentException("two triggers are named " + trigger.name());
            }
        }
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/triggers", Scope.READ, this::list),
                new Endpoint("POST", "/triggers/{name}", Scope.SEND, Endpoint.Input.PARAMETERS, this::pull),
                new Endpoint("GET", "/triggers/{name}/log", Scope.READ, this::log));
    }

    private Answer list(Call call) {
        ObjectNode json = Views.object();
        json.set("triggers", Views.array(triggers.values(), trigger -> {
            ObjectNode one = Views.object()
                    .put("name", trigger.name())
                    .put("template", trigger.template())
                    .put("delay", trigger.delay().toString())
                    .put("category", trigger.category().name());
            variables(trigger).forEach(one.putArray("variables")::add);
            return one;
        }));
        return Answer.ok(json);
    }

    private Set<String> variables(TidingsRestProperties.Trigger trigger) {
        List<TemplateVersion> versions = tidings.get().templates().versions(trigger.template());
        return versions.isEmpty()
                ? Set.of()
                : versions.get(versions.size() - 1).draft().variables();
    }

    private TidingsRestProperties.Trigger named(Call call) {
        TidingsRestProperties.Trigger trigger = triggers.get(call.path().get(0));
        if (trigger == null) {
            throw Problem.notFound();
        }
        return trigger;
    }

    private Answer pull(Call call) {
        TidingsRestProperties.Trigger trigger = named(call);
        Map<String, String> given = call.given();
        try {
            OutboundMessage message = message(call, trigger, given);
            boolean test = call.access().kind() == Access.Kind.TEST || isTest(given);
            return test ? tried(call, trigger, given, message) : sent(call, trigger, given, message);
        } catch (RuntimeException e) {
            Problem problem = Problem.of(e);
            note(call, trigger, given, problem.code(), null);
            throw problem;
        }
    }

    private static boolean isTest(Map<String, String> given) {
        String test = given.getOrDefault("test", "false");
        if (!test.equals("true") && !test.equals("false")) {
            throw Problem.invalid("test is true or false.");
        }
        return test.equals("true");
    }

    private OutboundMessage message(Call call, TidingsRestProperties.Trigger trigger, Map<String, String> given) {
        String to = given.get("to");
        if (to == null) {
            throw Problem.invalid("to is missing: whom to text.");
        }
        Map<String, String> variables = new LinkedHashMap<>(given);
        variables.keySet().removeAll(OURS);
        variables.keySet().retainAll(variables(trigger));
        OutboundMessage.Builder message = OutboundMessage.to(Call.number(to))
                .tenant(call.tenant())
                .category(trigger.category())
                .content(new Content.Templated(
                        trigger.template(), null, Locale.forLanguageTag(given.getOrDefault("locale", "")), variables));
        if (!trigger.delay().isZero()) {
            message.at(time.instant().plus(trigger.delay()));
        }
        if (trigger.expiresAfter() != null) {
            message.expiresAfter(trigger.expiresAfter());
        }
        if (trigger.topic() != null) {
            message.topic(trigger.topic());
        }
        String key = given.getOrDefault("key", call.key());
        if (!key.isEmpty()) {
            message.key("trigger:" + trigger.name() + ":" + key);
        }
        return MessageEndpoints.guarded(
                call, message.tag("trigger", trigger.name()).build());
    }

    private Answer tried(
            Call call, TidingsRestProperties.Trigger trigger, Map<String, String> given, OutboundMessage message) {
        DryRun dryRun = tidings.get().preview(message);
        note(call, trigger, given, dryRun.receipt().status().name(), null);
        ObjectNode json = Views.receipt(dryRun.receipt(), false).put("text", dryRun.text());
        return Answer.ok(json);
    }

    private Answer sent(
            Call call, TidingsRestProperties.Trigger trigger, Map<String, String> given, OutboundMessage message) {
        Receipt receipt = tidings.get().send(message);
        note(call, trigger, given, receipt.status().name(), receipt.id());
        return new Answer(201, Views.receipt(receipt, true), Map.of("Location", "../messages/" + receipt.id()));
    }

    private void note(
            Call call,
            TidingsRestProperties.Trigger trigger,
            Map<String, String> given,
            String outcome,
            @Nullable MessageId message) {
        log.add(new TriggerLog.Entry(
                time.instant(),
                trigger.name(),
                call.tenant(),
                call.access().actor(),
                new TreeSet<>(given.keySet()),
                outcome,
                message != null,
                message));
    }

    private Answer log(Call call) {
        ObjectNode json = Views.object();
        json.set("calls", Views.array(log.find(named(call).name(), call.tenant(), call.limit()), entry -> {
            ObjectNode one = Views.object()
                    .put("at", entry.at().toString())
                    .put("actor", entry.actor().toString())
                    .put("outcome", entry.outcome())
                    .put("stored", entry.stored());
            Views.put(one, "message", entry.message());
            entry.fields().forEach(one.putArray("fields")::add);
            return one;
        }));
        return Answer.ok(json);
    }
}
