package io.tidings.sandbox;

import java.time.Duration;
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
        Account.Caller caller;
        try {
            if (call.tooLong()) {
                throw new Refusal(413, 20413);
            }
            caller = network.account.authenticate(call.authorization());
            if (inFlight > network.settings.concurrencyLimit) {
                throw new Refusal(429, 20429);
            }
        } catch (Refusal refusal) {
            note(call, refusal.code() == 20429 ? LogEntry.Outcome.THROTTLED : LogEntry.Outcome.REJECTED, refusal, null);
            return Outgoing.now(refusal.answer());
        }
        Visit visit = new Visit(caller, network.faults.take(call.isCreate()));
        return visit.fault() == null
                ? Outgoing.now(process(call, visit, base))
                : visit.fault().match(new Struck(call, visit, base));
    }

    private Answer process(Call call, Visit visit, String base) {
        try {
            Answer answer = router.route(call, visit, base);
            if (!(call.isCreate() && visit.isLive())) {
                note(call, LogEntry.Outcome.ANSWERED, answer, visit.faultName());
            }
            return answer;
        } catch (Refusal refusal) {
            note(call, LogEntry.Outcome.REJECTED, refusal, visit.faultName());
            return refusal.answer();
        }
    }

    private void note(Call call, LogEntry.Outcome outcome, Refusal refusal, @Nullable String fault) {
        note(call, new LogEntry.Verdict(outcome, refusal.status(), refusal.code(), null, fault));
    }

    private void note(Call call, LogEntry.Outcome outcome, Answer answer, @Nullable String fault) {
        note(call, new LogEntry.Verdict(outcome, answer.status(), 0, null, fault));
    }

    private void note(Call call, LogEntry.Verdict verdict) {
        if (call.method().toUpperCase(Locale.ROOT).equals("GET")) {
            network.log.read();
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
            note(call, new LogEntry.Verdict(LogEntry.Outcome.FAULT, fault.status(), code, null, visit.faultName()));
            return Outgoing.now(Answer.of(fault.status(), fault.code(), fault.page()));
        }

        @Override
        public Outgoing acceptThenAnswer(Fault.AcceptThenAnswer fault) {
            process(call, visit, base);
            return Outgoing.now(Answer.of(fault.status(), fault.code(), fault.page()));
        }

        @Override
        public Outgoing slow(Fault.Slow fault) {
            return new Outgoing(process(call, visit, base), fault.delay(), null);
        }

        @Override
        public Outgoing cut(Fault.Cut fault) {
            if (fault.point() == Fault.CutPoint.BEFORE_PROCESSING) {
                note(call, new LogEntry.Verdict(LogEntry.Outcome.FAULT, 0, 0, null, visit.faultName()));
                return new Outgoing(Answer.empty(500), Duration.ZERO, fault.point());
            }
            return new Outgoing(process(call, visit, base), Duration.ZERO, fault.point());
        }

        @Override
        public Outgoing throttle(Fault.Throttle fault) {
            note(call, new LogEntry.Verdict(LogEntry.Outcome.THROTTLED, 429, 20429, null, visit.faultName()));
            return Outgoing.now(Answer.throttled(fault.retryAfter()));
        }

        @Override
        public Outgoing queueFull(Fault.QueueFull fault) {
            return Outgoing.now(process(call, visit, base));
        }
    }
}
