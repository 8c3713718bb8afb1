package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.Tidings;
import io.tidings.analytics.Period;
import io.tidings.analytics.Statistics;
import io.tidings.analytics.Step;
import io.tidings.analytics.Totals;
import io.tidings.audit.Action;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditVerdict;
import io.tidings.message.MessageId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What operators and administrators ask: statistics and the audit trail. */
final class OperatorEndpoints {
    private final Supplier<Tidings> tidings;

    OperatorEndpoints(Supplier<Tidings> tidings) {
        this.tidings = tidings;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("GET", "/statistics", Scope.READ, this::statistics),
                new Endpoint("GET", "/audit", Scope.ADMIN, this::audit),
                new Endpoint("POST", "/audit/verify", Scope.ADMIN, this::verify));
    }

    private Answer statistics(Call call) {
        Period period = period(call);
        Statistics statistics = tidings.get().statistics();
        ObjectNode json = Views.object();
        json.set("totals", totals(statistics.totals(call.tenant(), period)));
        if (call.asked("step").isPresent()) {
            Step step = Fields.oneOf(Step.class, "step", call.asked("step").get());
            json.set("series", Views.array(statistics.series(call.tenant(), period, step, zone(call)), point -> {
                ObjectNode at = Views.object()
                        .put("start", point.start().toOffsetDateTime().toString());
                at.set("totals", totals(point.totals()));
                return at;
            }));
        }
        return Answer.ok(json);
    }

    private static Period period(Call call) {
        String from = call.asked("from").orElseThrow(() -> Problem.invalid("The parameter from is missing."));
        String until = call.asked("until").orElseThrow(() -> Problem.invalid("The parameter until is missing."));
        return new Period(Fields.instant("from", from), Fields.instant("until", until));
    }

    private static ZoneId zone(Call call) {
        try {
            return ZoneId.of(call.asked("zone").orElse("UTC"));
        } catch (DateTimeException e) {
            throw Problem.invalid("zone is a time zone like America/New_York.");
        }
    }

    private static ObjectNode totals(Totals totals) {
        ObjectNode json = Views.object()
                .put("all", totals.all())
                .put("delivered", totals.delivered())
                .put("known", totals.known())
                .put("open", totals.open())
                .put("segments", totals.segments());
        totals.deliveryRate().ifPresent(rate -> json.put("deliveryRate", rate));
        ObjectNode statuses = json.putObject("statuses");
        totals.messages().forEach((status, count) -> statuses.put(status.name(), count));
        ObjectNode errors = json.putObject("errors");
        totals.errors().forEach((code, count) -> errors.put(code.toString(), count));
        json.set("cost", Views.array(totals.cost(), Views::money));
        return json;
    }

    private Answer audit(Call call) {
        AuditQuery query = AuditQuery.all().limit(call.limit());
        if (call.access().tenant() != null || call.asked("all").isEmpty()) {
            query = query.of(call.tenant());
        }
        if (call.asked("action").isPresent()) {
            query = query.of(new Action(call.asked("action").get()));
        }
        if (call.asked("message").isPresent()) {
            query = query.about(MessageId.parse(call.asked("message").get()));
        }
        if (call.asked("after").isPresent()) {
            query = after(query, call.asked("after").get());
        }
        List<AuditEntry> found = tidings.get().audit().search(query);
        ObjectNode json = Views.object();
        json.set("entries", Views.array(found, OperatorEndpoints::entry));
        if (found.size() == call.limit()) {
            AuditEntry last = found.get(found.size() - 1);
            json.put("next", last.at() + "_" + last.id());
        }
        return Answer.ok(json);
    }

    private static AuditQuery after(AuditQuery query, String next) {
        int cut = next.indexOf('_');
        if (cut < 0) {
            throw Problem.invalid("after is the next of the page before.");
        }
        try {
            Instant at = Fields.instant("after", next.substring(0, cut));
            UUID id = UUID.fromString(next.substring(cut + 1));
            return new AuditQuery(
                    query.tenant(),
                    query.actor(),
                    query.action(),
                    query.message(),
                    query.span(),
                    new AuditQuery.Cursor(at, id),
                    query.limit());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("after is the next of the page before.");
        }
    }

    private static ObjectNode entry(AuditEntry entry) {
        ObjectNode json = Views.object()
                .put("id", entry.id().toString())
                .put("at", entry.at().toString())
                .put("action", entry.action().name())
                .put("actor", entry.actor().toString());
        Views.put(json, "tenant", entry.tenant());
        Views.put(json, "message", entry.message());
        if (entry.data() != null) {
            Views.put(json, "reason", entry.data().reason());
            ObjectNode details = json.putObject("details");
            entry.data().details().forEach(details::put);
        }
        return json;
    }

    /** The chain holds all tenants. */
    private Answer verify(Call call) {
        call.requireAllTenants();
        call.body().end();
        tidings.get().audit().seal();
        AuditVerdict verdict = tidings.get().audit().verify();
        ObjectNode json = Views.object().put("intact", verdict.isIntact()).put("records", verdict.records());
        Views.put(json, "broken", verdict.broken());
        return Answer.ok(json);
    }
}
