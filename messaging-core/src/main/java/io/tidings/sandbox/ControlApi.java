package io.tidings.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.util.Map;

/**
 * The control API under {@code /sandbox}, for tests in another process or language. It has no password: the sandbox listens
 * on the loopback address only, and requests that a web page of a browser could send are refused.
 */
final class ControlApi {
    private final Sandbox sandbox;
    private final Network network;
    private final Inbox inbox;

    ControlApi(Sandbox sandbox, Network network, Inbox inbox) {
        this.sandbox = sandbox;
        this.network = network;
        this.inbox = inbox;
    }

    Answer serve(Call call, Headers headers) {
        try {
            String host = String.valueOf(headers.getFirst("Host")).replaceFirst(":[0-9]+$", "");
            if (!host.equals("127.0.0.1") && !host.equals("localhost") && !host.equals("[::1]")) {
                return error(403, "The control API answers only to 127.0.0.1 and localhost");
            }
            String type = String.valueOf(headers.getFirst("Content-Type"));
            if (call.method().equals("POST") && !type.startsWith("application/json")) {
                return error(415, "Send the command as application/json");
            }
            String command = call.method() + " " + call.path();
            return switch (call.method()) {
                case "GET" -> read(command, call);
                case "POST" -> write(command, Json.parse(call.body()));
                default -> remove(command);
            };
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        } catch (JsonProcessingException e) {
            return error(400, "The body is not a JSON object");
        }
    }

    private Answer read(String command, Call call) {
        return switch (command) {
            case "GET /sandbox" -> Answer.json(200, about());
            case "GET /sandbox/time" ->
                Answer.json(200, Json.object().put("now", sandbox.now().toString()));
            case "GET /sandbox/hostility" -> Answer.json(200, ControlJson.hostility(sandbox.hostility()));
            case "GET /sandbox/messages" -> messages(call.queried());
            case "GET /sandbox/log" -> log(call.queried());
            default -> unknown();
        };
    }

    private Answer write(String command, JsonNode body) {
        switch (command) {
            case "POST /sandbox/time" -> sandbox.advance(ControlJson.millis(body, "advanceMillis"));
            case "POST /sandbox/replies" -> {
                return reply(body);
            }
            case "POST /sandbox/handsets" ->
                sandbox.handset(ControlJson.text(body, "number"), ControlJson.outcomes(body.path("outcomes")));
            case "POST /sandbox/faults" -> fault(body);
            case "POST /sandbox/hostility" -> sandbox.hostile(ControlJson.hostility(body, sandbox.hostility()));
            case "POST /sandbox/restart" ->
                sandbox.restartSoon(
                        ControlJson.millis(body, "millis"),
                        body.path("losesCallbacks").asBoolean());
            case "POST /sandbox/outage" -> sandbox.outage(ControlJson.millis(body, "millis"));
            case "POST /sandbox/webhooks" -> webhooks(body);
            case "POST /sandbox/reads" -> {
                int read = sandbox.handset(ControlJson.text(body, "number")).readAll();
                return Answer.json(200, Json.object().put("read", read));
            }
            case "POST /sandbox/approvals" ->
                sandbox.approval(ControlJson.text(body, "sid"), ControlJson.text(body, "status"));
            case "POST /sandbox/account" -> account(body);
            default -> {
                return unknown();
            }
        }
        return Answer.json(200, Json.object().put("done", true));
    }

    private Answer remove(String command) {
        if (!command.equals("DELETE /sandbox/faults")) {
            return unknown();
        }
        network.faults.clear();
        return Answer.json(200, Json.object().put("done", true));
    }

    private Answer reply(JsonNode body) {
        String sid = inbox.receive(ControlJson.incoming(body)).orElse(null);
        return Answer.json(200, Json.object().put("sid", sid));
    }

    private void webhooks(JsonNode body) {
        String sender = ControlJson.text(body, "sender");
        sandbox.inboundWebhook(sender, ControlJson.text(body, "url"));
        if (body.has("fallbackUrl")) {
            sandbox.inboundFallback(sender, ControlJson.text(body, "fallbackUrl"));
        }
    }

    private void fault(JsonNode body) {
        if (body.has("mishap")) {
            network.faults.next(body.path("count").asInt(1), Mishap.named(ControlJson.text(body, "mishap")));
            return;
        }
        Fault fault = ControlJson.fault(body.path("fault"));
        Faults.Scope scope = ControlJson.scope(body);
        if (body.has("count")) {
            network.faults.next(body.path("count").asInt(), scope, fault);
        } else if (body.has("millis")) {
            network.faults.during(ControlJson.millis(body, "millis"), scope, fault);
        } else {
            network.faults.untilCleared(scope, fault);
        }
    }

    private void account(JsonNode body) {
        if (body.has("status")) {
            sandbox.accountStatus(ControlJson.text(body, "status"));
        }
        if (body.has("balance")) {
            sandbox.balance(ControlJson.text(body, "balance"));
        }
        if (body.has("authToken")) {
            sandbox.rotateAuthToken(ControlJson.text(body, "authToken"));
        }
    }

    private ObjectNode about() {
        ObjectNode about = Json.object()
                .put("url", sandbox.url())
                .put("accountSid", sandbox.accountSid())
                .put("seed", sandbox.seed())
                .put("now", sandbox.now().toString());
        ObjectNode senders = about.putObject("senders");
        sandbox.senders().forEach(senders::put);
        return about;
    }

    private Answer messages(Parameters query) {
        ArrayNode found = Json.array();
        for (SandboxMessage message : sandbox.messages()) {
            boolean fits = Map.of("to", message.to(), "direction", message.direction()).entrySet().stream()
                    .allMatch(each ->
                            query.get(each.getKey()) == null || each.getValue().equals(query.get(each.getKey())));
            if (fits) {
                found.add(Json.tree(message));
            }
        }
        return Answer.json(200, Json.object().set("messages", found));
    }

    private Answer log(Parameters query) {
        int after = query.number("after", 0, 20422);
        ArrayNode entries = Json.array();
        network.log.entriesAfter(after).forEach(each -> entries.add(LogJson.node(each)));
        return Answer.json(200, Json.object().set("entries", entries));
    }

    private static Answer unknown() {
        return error(404, "The control API has no such command: see the guide of the sandbox");
    }

    private static Answer error(int status, String text) {
        return Answer.json(status, Json.object().put("error", text));
    }
}
