package io.tidings;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.dispatch.Worker;
import io.tidings.gate.EnvironmentGate;
import io.tidings.gate.Gate;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.Stamp;
import io.tidings.outbox.StampStore;
import io.tidings.provider.Provider;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this system runs, and what that forbids. */
final class Environment {
    private static final Logger log = LoggerFactory.getLogger(Environment.class);
    private static final String PRODUCTION = "production";
    private static final String CAUSE = "environment";

    private String name = Stamp.UNNAMED;
    private @Nullable PhoneNumber redirect;

    void name(String chosen) {
        name = Stamp.first(chosen).environment();
    }

    void redirectTo(PhoneNumber number) {
        redirect = number;
    }

    private boolean reachesStrangers(Provider provider) {
        return !name.equals(Stamp.UNNAMED) && !name.equals(PRODUCTION) && provider.isLive();
    }

    Provider guard(Provider provider) {
        PhoneNumber number = redirect;
        return number != null && reachesStrangers(provider) ? new Redirected(provider, number) : provider;
    }

    Optional<Gate> gate(Provider provider) {
        return redirect == null && reachesStrangers(provider)
                ? Optional.of(new EnvironmentGate(name))
                : Optional.empty();
    }

    /** Holds the worker if the store belongs to another environment. A store of nobody becomes this one's. */
    void check(StampStore stamps, Worker worker) {
        Stamp stamp = stamps.claim(Stamp.first(name));
        if (stamp.environment().equals(Stamp.UNNAMED) && !name.equals(Stamp.UNNAMED)) {
            stamps.replace(stamp, stamp.to(name));
            stamp = stamps.claim(Stamp.first(name));
        }
        if (!stamp.environment().equals(name)) {
            String reason = "the store belongs to the environment '" + stamp.environment() + "', and this system is '"
                    + name + "'; give it a store of its own, or call releaseHold(...) if this one is to be its own";
            worker.holds().hold(CAUSE, reason);
            log.warn("nothing leaves: {}", reason);
        }
    }

    /** Gives the store to this environment, if that was the cause, and ends every hold. */
    void release(StampStore stamps, Worker worker, AuditLog acts, String why) {
        Map<String, String> held = acts.transactions().run(() -> {
            Stamp stamp = stamps.claim(Stamp.first(name));
            if (!stamp.environment().equals(name)) {
                stamps.replace(stamp, stamp.to(name));
            }
            AuditLog.Draft act = acts.act(Action.HOLD_RELEASED).reason(why);
            worker.holds().all().forEach(act::detail);
            act.record();
            return worker.holds().all();
        });
        held.keySet().forEach(worker.holds()::release);
        worker.wake();
    }

    @Override
    public String toString() {
        return name;
    }
}
