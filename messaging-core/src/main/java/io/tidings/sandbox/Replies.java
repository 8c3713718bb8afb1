package io.tidings.sandbox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends what inbound webhooks answer, and Twilio's own answers to keywords. Runs under the network's lock. */
final class Replies {
    /** A third party's figures for 14107. */
    private static final int MOST_IN_WINDOW = 30;

    /** Ours: Twilio names no figure for 14109. */
    private static final int MOST_IN_ANSWER = 10;

    private final Network network;
    private final Crowd recent;

    Replies(Network network) {
        this.network = network;
        this.recent = new Crowd(network.clock, MOST_IN_WINDOW);
    }

    void automatic(Message inbound, Keyword keyword, Sender sender) {
        Draft draft = Draft.text(
                new Draft.Route("outbound-reply", sender.address(), reachable(inbound), null),
                keyword.reply(sender.kind()));
        send(inbound, draft, true);
    }

    /** Returns where the document sends Twilio for another one, if it does. */
    Optional<String> answer(Message inbound, HttpReply answer) {
        try {
            Twiml.Document document = Twiml.read(answer);
            List<Twiml.Reply> replies = document.replies();
            if (replies.size() > MOST_IN_ANSWER) {
                throw new Refusal(400, 14109);
            }
            for (Twiml.Reply each : replies) {
                send(inbound, draft(inbound, each), false);
            }
            return Optional.ofNullable(document.redirect());
        } catch (Refusal refusal) {
            network.log.write(stamp -> new LogEntry.Alert(stamp, inbound.sid, refusal.code()));
            return Optional.empty();
        }
    }

    private Draft draft(Message inbound, Twiml.Reply reply) {
        String from = reply.from() == null ? inbound.to() : reply.from();
        String to = reply.to() == null ? reachable(inbound) : reply.to();
        Sender sender = network.senders.find(from);
        if (sender == null || sender.account() != inbound.account) {
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
        if (recent.isTooMuch(pair)) {
            throw new Refusal(400, 14107);
        }
    }

    private void send(Message inbound, Draft draft, boolean automatic) {
        Message message = network.messages.add(inbound.account, draft, "queued", network.clock.instant());
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
