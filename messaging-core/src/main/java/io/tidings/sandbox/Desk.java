package io.tidings.sandbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Deals with one request of the Twilio API: credentials, limits, faults, the resource, and the log before the answer. */
final class Desk {
    private final Network network;
    private final Router router;

    Desk(Network network) {
        this.network = network;
        this.router = new Router(network);
    }

    Outgoing serve(Call call, int inFlight, String base) {
        Accounts.Caller caller;
        try {
            if (call.tooLong()) {
                throw new Refusal(413, 20413);
            }
            caller = network.accounts.authenticate(call.authorization());
            if (inFlight > network.settings.concurrencyLimit) {
                throw new Refusal(429, 20429);
            }
        } catch (Refusal refusal) {
            note(call, refusal.code() == 20429 ? LogEntry.Outcome.THROTTLED : LogEntry.Outcome.REJECTED, refusal, null);
            return Outgoing.now(refusal.answer());
        }
        Strike strike = strike(call);
        Visit visit = new Visit(caller, strike);
        return strike == null
                ? Outgoing.now(process(call, visit, base))
                : strike.fault().match(new Struck(call, visit, base));
    }

    /** By hand goes before by chance. */
    private @Nullable Strike strike(Call call) {
        Fault fault = network.faults.take(call.isCreate());
        if (fault != null) {
            return new Strike(fault, null);
        }
        Mishap mishap = network.faults.take(Mischief.target(call));
        return mishap == null ? network.mischief.strike(call) : network.mischief.strike(call, mishap);
    }

    private Answer process(Call call, Visit visit, String base) {
        try {
            Answer answer = router.route(call, visit, base);
            if (!(call.isCreate() && visit.isLive())) {
                note(call, LogEntry.Outcome.ANSWERED, answer, visit.harm());
            }
            return answer;
        } catch (Refusal refusal) {
            note(call, LogEntry.Outcome.REJECTED, refusal, visit.harm());
            return refusal.answer();
        }
    }

    private void note(Call call, LogEntry.Outcome outcome, Refusal refusal, LogEntry.@Nullable Harm harm) {
        note(call, new LogEntry.Verdict(outcome, refusal.status(), refusal.code(), null, harm));
    }

    private void note(Call call, LogEntry.Outcome outcome, Answer answer, LogEntry.@Nullable Harm harm) {
        note(call, new LogEntry.Verdict(outcome, answer.status(), 0, null, harm));
    }

    private void note(Call call, LogEntry.Verdict verdict) {
        if (call.method().toUpperCase(Locale.ROOT).equals("GET")) {
            network.log.read();
            if (verdict.harm() != null && verdict.harm().mishap() != null) {
                Mishap mishap = verdict.harm().mishap();
                network.log.write(stamp -> new LogEntry.Struck(stamp, mishap, null, "GET " + call.path()));
            }
        } else {
            network.log.write(
                    stamp -> new LogEntry.Request(stamp, call.method(), call.path(), verdict, call.asCreate()));
        }
    }

    /** What each fault does to one request. */
    private final class Struck implements Fault.Cases<Outgoing> {
        private final Call call;
        private final Visit visit;
        private final String base;

        Struck(Call call, Visit visit, String base) {
            this.call = call;
            this.visit = visit;
            this.base = base;
        }

        @Override
        public Outgoing answer(Fault.Answer fault) {
            int code = fault.page() == null ? fault.code() : 0;
            note(call, new LogEntry.Verdict(LogEntry.Outcome.FAULT, fault.status(), code, null, visit.harm()));
            return Outgoing.now(Answer.of(fault.status(), fault.code(), fault.page()));
        }

        @Override
        public Outgoing acceptThenAnswer(Fault.AcceptThenAnswer fault) {
            process(call, visit, base);
            return Outgoing.now(Answer.of(fault.status(), fault.code(), fault.page()));
        }

        @Override
        public Outgoing slow(Fault.Slow fault) {
            return Outgoing.late(process(call, visit, base), fault.delay());
        }

        @Override
        public Outgoing dribble(Fault.Dribble fault) {
            return Outgoing.dribbling(process(call, visit, base), fault.time());
        }

        @Override
        public Outgoing early(Fault.Early fault) {
            Answer answer = process(call, visit, base);
            CallbackLane lane = network.locked(() -> laneOf(answer));
            return lane == null ? Outgoing.now(answer) : Outgoing.behind(lane, answer, fault.atMost());
        }

        private @Nullable CallbackLane laneOf(Answer answer) {
            String sid = answer.json() == null ? "" : answer.json().path("sid").asText();
            Message message = network.messages.find(sid);
            return message == null || !network.carrier.tells(message) ? null : message.lane;
        }

        @Override
        public Outgoing cut(Fault.Cut fault) {
            if (!fault.point().isProcessed()) {
                note(call, new LogEntry.Verdict(LogEntry.Outcome.FAULT, 0, 0, null, visit.harm()));
                return Outgoing.cut(Answer.empty(500), fault.point());
            }
            return Outgoing.cut(process(call, visit, base), fault.point());
        }

        @Override
        public Outgoing throttle(Fault.Throttle fault) {
            note(call, new LogEntry.Verdict(LogEntry.Outcome.THROTTLED, 429, 20429, null, visit.harm()));
            return Outgoing.now(Answer.throttled(fault.retryAfter()));
        }

        @Override
        public Outgoing queueFull(Fault.QueueFull fault) {
            return Outgoing.now(process(call, visit, base));
        }
    }
}
