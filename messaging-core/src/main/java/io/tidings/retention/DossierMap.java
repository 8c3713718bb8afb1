package io.tidings.retention;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidings.audit.AuditData;
import io.tidings.audit.AuditEntry;
import io.tidings.consent.ConsentEntry;
import io.tidings.consent.Evidence;
import io.tidings.history.Observation;
import io.tidings.history.StoredMessage;
import io.tidings.message.Content;
import io.tidings.message.Failure;
import io.tidings.message.InboundMessage;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Received;
import io.tidings.outbox.Explanation.Story;
import io.tidings.report.CsvMode;
import io.tidings.report.CsvTable;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A dossier in words. */
final class DossierMap {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PARTS = List.of("sent", "received", "consent", "audit", "keys");

    private final Dossier dossier;

    DossierMap(Dossier dossier) {
        this.dossier = dossier;
    }

    Map<String, Object> map() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("number", dossier.person().e164());
        all.put("sent", dossier.sent().stream().map(DossierMap::sent).toList());
        all.put(
                "received",
                dossier.received().stream().map(DossierMap::received).toList());
        all.put("consent", dossier.consent().stream().map(DossierMap::consent).toList());
        all.put("audit", dossier.acts().stream().map(DossierMap::act).toList());
        all.put(
                "keys",
                dossier.invitations().stream()
                        .map(each -> new TreeMap<>(
                                Map.of("key", each.key(), "at", each.at().toString())))
                        .toList());
        return all;
    }

    void write(CsvMode mode, Writer out) throws IOException {
        CsvTable table = new CsvTable(out, mode);
        table.line(List.of("part", "at", "details"));
        Map<String, Object> all = map();
        for (String part : PARTS) {
            for (Object each : (List<?>) all.getOrDefault(part, List.of())) {
                Map<?, ?> line = (Map<?, ?>) each;
                table.line(List.of(part, String.valueOf(line.get("at")), JSON.writeValueAsString(line)));
            }
        }
        table.flush();
    }

    private static Map<String, Object> sent(KeptMessage kept) {
        StoredMessage stored = kept.message().stored();
        OutboundMessage message = stored.message();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", stored.id().toString());
        map.put("at", stored.acceptedAt().toString());
        map.put("status", kept.message().status().name());
        map.put("channel", message.channel().name());
        map.put("category", message.category().name());
        map.put("from", stored.sender().address());
        map.put("text", message.content().body().text());
        if (message.content() instanceof Content.Media media) {
            map.put("media", media.media().stream().map(URI::toString).toList());
        }
        if (message.content() instanceof Content.Approved approved) {
            map.put("variables", new TreeMap<>(approved.variables()));
        }
        map.put("segments", stored.segments());
        if (stored.template() != null) {
            map.put("template", stored.template().toString());
        }
        map.put("tags", new TreeMap<>(message.tags()));
        if (message.key() != null) {
            map.put("key", message.key());
        }
        Failure failure = kept.message().failure();
        if (failure != null) {
            map.put("failure", failure.explanation());
        }
        map.put("decisions", kept.decisions().stream().map(Object::toString).toList());
        map.put("attempts", kept.attempts().stream().map(DossierMap::attempt).toList());
        return map;
    }

    private static Map<String, Object> attempt(Story story) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("number", story.attempt().id().number());
        map.put("at", story.attempt().startedAt().toString());
        map.put("status", story.attempt().status().name());
        if (story.attempt().sid() != null) {
            map.put("sid", story.attempt().sid());
        }
        map.put("seen", story.seen().stream().map(DossierMap::seen).toList());
        return map;
    }

    private static Map<String, Object> seen(Observation seen) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", seen.at().toString());
        map.put("source", seen.source().name());
        map.put("status", seen.status().name());
        map.put("raw", new TreeMap<>(seen.raw()));
        return map;
    }

    private static Map<String, Object> received(Dossier.Heard heard) {
        InboundMessage message = heard.message();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", message.id().toString());
        map.put("at", message.at().toString());
        map.put("channel", message.channel().name());
        map.put("to", message.to().address());
        map.put("text", message.text());
        map.put(
                "media",
                message.media().stream()
                        .map(Received.Media::url)
                        .map(URI::toString)
                        .toList());
        map.put("extras", new TreeMap<>(message.extras()));
        map.put("raw", new TreeMap<>(heard.raw()));
        return map;
    }

    private static Map<String, Object> consent(ConsentEntry entry) {
        Evidence evidence = entry.evidence();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", entry.at().toString());
        map.put("kind", entry.kind().name());
        map.put("scope", entry.scope().toString());
        map.put("source", evidence.source().name());
        map.put("recordedBy", evidence.actor());
        if (evidence.text() != null) {
            map.put("words", evidence.text().text());
        }
        return map;
    }

    private static Map<String, Object> act(AuditEntry entry) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", entry.at().toString());
        map.put("action", entry.action().name());
        map.put("actor", entry.actor().toString());
        AuditData data = entry.data();
        if (data != null) {
            map.put("details", new TreeMap<>(data.details()));
        }
        return map;
    }
}
