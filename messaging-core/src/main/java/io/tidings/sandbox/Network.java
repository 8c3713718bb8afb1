package io.tidings.sandbox;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything a sandbox remembers, and the one lock over it. The parts say themselves whether they need it. */
final class Network {
    final SandboxBuilder settings;
    final SandboxClock clock;
    final SandboxLog log;
    final Accounts accounts;
    final Faults faults;
    final Mischief mischief;
    final Senders senders;
    final Services services;
    final Contents contents;
    final Sessions sessions = new Sessions();
    final MessageStore messages;
    final Handsets handsets;
    final OptOuts optOuts = new OptOuts();
    final CallbackSender callbacks;
    final Carrier carrier;
    private final Object lock = new Object();

    Network(SandboxBuilder settings) {
        this.settings = settings;
        this.clock = settings.clock;
        this.log = new SandboxLog(clock, settings.logFile);
        Sids sids = new Sids(settings.seed);
        this.accounts = new Accounts(settings, sids);
        this.faults = new Faults(clock);
        this.mischief = new Mischief(clock, settings.seed, settings.hostility);
        this.senders = new Senders(sids);
        settings.senders().forEach((address, pace) -> senders.add(address, pace, accounts.main()));
        this.services = new Services(sids, senders);
        this.contents = new Contents(new Sids(settings.seed + 4));
        this.messages = new MessageStore(Sids.since(clock.began(), settings.seed + 1));
        this.handsets = new Handsets(settings.handsets());
        this.callbacks = new CallbackSender(this);
        this.carrier = new Carrier(this);
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        synchronized (lock) {
            return action.get();
        }
    }

    void inLock(Runnable action) {
        synchronized (lock) {
            action.run();
        }
    }

    void later(Duration delay, Runnable action) {
        clock.after(delay, () -> inLock(action));
    }

    void close() {
        clock.stop();
        callbacks.close();
        log.close();
    }
}
