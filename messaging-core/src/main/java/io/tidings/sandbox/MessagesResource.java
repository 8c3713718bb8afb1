package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /Messages}: create, list, fetch, update, delete, media, feedback. */
final class MessagesResource {
    private final Network network;
    private final CreateRules rules;

    MessagesResource(Network network) {
        this.network = network;
        this.rules = new CreateRules(network);
    }

    /** The log entry of an accepted creation is written here, before any later status of it. */
    Answer create(Account account, Call call, Visit visit) {
        return network.locked(() -> {
            if (!account.status().equals("active")) {
                throw new Refusal(403, 20005);
            }
            Draft draft = rules.check(account, call.form(), visit.queueFull());
            Message message = network.messages.add(account, draft, firstStatus(draft), network.clock.instant());
            network.log.write(stamp -> new LogEntry.Request(
                    stamp,
                    call.method(),
                    call.path(),
                    new LogEntry.Verdict(LogEntry.Outcome.ACCEPTED, 201, 0, message.sid, visit.harm()),
                    asked(call, draft)));
            Answer answer = Answer.json(201, MessageJson.of(message));
            network.carrier.start(message, visit.queueFull());
            return answer;
        });
    }

    /** A template's text comes from the template; any other is logged as it came in. */
    private static LogEntry.@Nullable Create asked(Call call, Draft draft) {
        return draft.options().template() == null
                ? call.asCreate()
                : new LogEntry.Create(
                        draft.from(),
                        draft.to(),
                        draft.service(),
                        draft.body(),
                        draft.segments(),
                        call.form().get("ValidityPeriod"));
    }

    /** With test credentials: the magic numbers decide, nothing is kept. */
    Answer pretend(Call call) {
        Parameters form = call.form();
        String to = form.get("To");
        String from = form.get("From");
        String body = form.get("Body");
        if (to == null) {
            throw new Refusal(400, 21604);
        }
        if (from == null) {
            throw new Refusal(400, 21603);
        }
        TestCredentials.check(from, to);
        if (body == null && form.all("MediaUrl").isEmpty()) {
            throw new Refusal(400, 21602);
        }
        if (body != null && body.length() > 1600) {
            throw new Refusal(400, 21617);
        }
        Draft draft = new Draft(
                new Draft.Route("outbound-api", from, to, null),
                body == null ? "" : body,
                form.all("MediaUrl"),
                Draft.Options.NONE);
        String sid = new Sids(network.clock.nanos()).next("SM");
        Account test = new Account(network.accounts.testSid(), network.accounts.testToken(), "test", null);
        Message message = new Message(sid, new Message.Place(test, 0, 0), draft, "queued", network.clock.instant());
        return Answer.json(201, MessageJson.of(message));
    }

    Answer list(Account account, Call call) {
        Page.Request request = Page.Request.of(call, 50);
        return network.locked(() -> {
            MessageFilter filter = new MessageFilter(call.queried());
            List<Message> found =
                    new ArrayList<>(network.messages.oldestFirst(call.queried().get("To")).stream()
                            .filter(each ->
                                    each.account == account && filter.fits(each) && network.mischief.lists(each))
                            .toList());
            Collections.reverse(found);
            Page<Message> page = Page.of(found, request, each -> each.sid, sid -> {
                Message message = network.messages.findEver(sid);
                return message == null || message.account != account ? null : -message.number;
            });
            return Answer.json(200, page.classic("messages", MessageJson::of));
        });
    }

    Answer fetch(Account account, Call call, String sid) {
        return network.locked(() -> Answer.json(200, MessageJson.of(find(account, call, sid))));
    }

    Answer update(Account account, Call call, String sid) {
        return network.locked(() -> {
            Message message = find(account, call, sid);
            String body = call.form().raw("Body");
            String status = call.form().get("Status");
            if (body == null ? status == null : !body.isEmpty()) {
                throw new Refusal(400, 20422, "Only Body= (empty, to redact) or Status=canceled can be set");
            }
            if (status != null) {
                cancel(message, status);
            }
            if (body != null) {
                message.body = "";
                message.updated = network.clock.instant();
            }
            return Answer.json(200, MessageJson.of(message));
        });
    }

    private void cancel(Message message, String status) {
        if (!status.equals("canceled")) {
            throw new Refusal(400, 20422, "Only Status=canceled can be set");
        }
        if (!message.status.equals("scheduled")) {
            throw new Refusal(400, 30409);
        }
        network.carrier.cancel(message);
    }

    Answer delete(Account account, Call call, String sid) {
        return network.locked(() -> {
            Message message = find(account, call, sid);
            if (message.isUnfinished()) {
                throw new Refusal(409, 20009);
            }
            message.deleted = true;
            return Answer.empty(204);
        });
    }

    Answer media(Account account, Call call, String sid) {
        Page.Request request = Page.Request.of(call, 50);
        return network.locked(() -> {
            Message message = find(account, call, sid);
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < message.media().size(); i++) {
                all.add(i);
            }
            Page<Integer> page = Page.of(
                    all,
                    request,
                    each -> mediaSid(message, each),
                    id -> all.stream()
                            .filter(each -> mediaSid(message, each).equals(id))
                            .map(Integer::longValue)
                            .findFirst()
                            .orElse(null));
            return Answer.json(200, page.classic("media_list", each -> mediaJson(message, each)));
        });
    }

    private ObjectNode mediaJson(Message message, int index) {
        String sid = mediaSid(message, index);
        return Json.object()
                .put("sid", sid)
                .put("account_sid", message.account.sid())
                .put("parent_sid", message.sid)
                .put("content_type", MediaTypes.of(message.media().get(index)))
                .put("date_created", Json.rfc2822(message.created))
                .put("date_updated", Json.rfc2822(message.created))
                .put(
                        "uri",
                        "/2010-04-01/Accounts/" + message.account.sid() + "/Messages/" + message.sid + "/Media/" + sid
                                + ".json");
    }

    private static String mediaSid(Message message, int index) {
        return "ME" + message.sid.substring(2, 32) + (char) ('a' + index / 10) + index % 10;
    }

    Answer feedback(Account account, Call call, String sid) {
        return network.locked(() -> {
            Message message = find(account, call, sid);
            String outcome = call.form().get("Outcome");
            if (outcome == null) {
                outcome = "confirmed";
            }
            if (!outcome.equals("confirmed") && !outcome.equals("unconfirmed")) {
                throw new Refusal(400, 20422, "Outcome is confirmed or unconfirmed");
            }
            return Answer.json(
                    200,
                    Json.object()
                            .put("account_sid", message.account.sid())
                            .put("message_sid", message.sid)
                            .put("outcome", outcome)
                            .put("date_created", Json.rfc2822(network.clock.instant()))
                            .put("date_updated", Json.rfc2822(network.clock.instant()))
                            .put("uri", call.path()));
        });
    }

    private Message find(Account account, Call call, String sid) {
        Message message = network.messages.find(sid);
        if (message == null || message.account != account) {
            throw Refusal.notFound(call.path());
        }
        return message;
    }

    private static String firstStatus(Draft draft) {
        Duration sendIn = draft.options().sendIn();
        return sendIn != null ? "scheduled" : draft.service() != null ? "accepted" : "queued";
    }
}
