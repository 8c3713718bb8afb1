package io.tidings.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends what inbound webhooks answer, and Twilio's own answers to keywords. Runs under the network's lock. */
final class Replies {
    /** A third party's figures for 14107. */
    private static final int MOST_IN_WINDOW = 30;

    private static final long WINDOW_NANOS = 30_000_000_000L;
    /** Ours: Twilio names no figure for 14109. */
    private static final int MOST_IN_ANSWER = 10;

    private final Network network;
    private final Map<String, Deque<Long>> recent = new HashMap<>();

    Replies(Network network) {
        this.network = network;
    }

    void automatic(Message inbound, Keyword keyword, Sender sender) {
        Draft draft = Draft.text(
                new Draft.Route("outbound-reply", sender.address(), reachable(inbound), null),
                keyword.reply(sender.kind()));
        send(inbound, draft, true);
    }

    void answer(Message inbound, HttpReply answer) {
        try {
            List<Twiml.Reply> replies = Twiml.read(answer);
            if (replies.size() > MOST_IN_ANSWER) {
                throw new Refusal(400, 14109);
            }
            for (Twiml.Reply each : replies) {
                send(inbound, draft(inbound, each), false);
            }
        } catch (Refusal refusal) {
            network.log.write(stamp -> new LogEntry.Alert(stamp, inbound.sid, refusal.code()));
        }
    }

    private Draft draft(Message inbound, Twiml.Reply reply) {
        String from = reply.from() == null ? inbound.to() : reply.from();
        String to = reply.to() == null ? reachable(inbound) : reply.to();
        Sender sender = network.senders.find(from);
        if (sender == null) {
            throw new Refusal(400, 21606);
        }
        if (!Numbers.isValid(Numbers.plain(to)) || !sender.reaches(to)) {
            throw new Refusal(400, 21211);
        }
        if (reply.body().isEmpty() && reply.media().isEmpty()) {
            throw new Refusal(400, 21602);
        }
        if (reply.body().length() > 1600) {
            throw new Refusal(400, 21617);
        }
        if (reply.callback() != null && !CreateRules.Urls.isCallback(reply.callback())) {
            throw new Refusal(400, 21609);
        }
        if (network.optOuts.blocks(to, sender)) {
            throw new Refusal(400, 21610);
        }
        cutLoop(from + " " + to);
        return new Draft(
                new Draft.Route("outbound-reply", from, to, null),
                reply.body(),
                reply.media(),
                new Draft.Options(reply.callback(), Draft.Options.LONGEST_VALIDITY, null, null));
    }

    /** Two machines that answer each other would never end. */
    private void cutLoop(String pair) {
        long now = network.clock.nanos();
        Deque<Long> times = recent.computeIfAbsent(pair, any -> new ArrayDeque<>());
        while (!times.isEmpty() && now - times.getFirst() >= WINDOW_NANOS) {
            times.removeFirst();
        }
        if (times.size() >= MOST_IN_WINDOW) {
            throw new Refusal(400, 14107);
        }
        times.addLast(now);
    }

    private void send(Message inbound, Draft draft, boolean automatic) {
        Message message = network.messages.add(draft, "queued", network.clock.instant());
        LogEntry.Create create =
                new LogEntry.Create(draft.from(), draft.to(), null, draft.body(), draft.segments(), null);
        network.log.write(stamp -> new LogEntry.Replied(stamp, message.sid, inbound.sid, automatic, create));
        network.carrier.start(message, false);
    }

    private static String reachable(Message inbound) {
        @Nullable String from = inbound.draft.from();
        return from == null ? "" : from;
    }
}
