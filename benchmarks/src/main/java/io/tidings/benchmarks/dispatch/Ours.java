package io.tidings.benchmarks.dispatch;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.stub.Stub;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.dispatch.SenderRates;
import io.tidings.history.Attempt;
import io.tidings.inbound.GapSettings;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Stores;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Tidings as a host has it: {@code send()} one by one, gates twice, attempts, decisions, callback addresses, in-memory
 * stores. Only the sender's rate is out of the way, and the window is set.
 */
final class Ours implements Contestant {
    private static final Limit FAR_AWAY = Limit.of(Rate.perSecond(1_000_000), 10_000);

    @Override
    public String name() {
        return "Tidings";
    }

    @Override
    public Load start(Stub stub, int window) {
        return new Feeder(stub, window);
    }

    static Tidings tidings(Stub stub, int window, Stores stores) {
        Credentials credentials = Credentials.authToken(Stub.ACCOUNT_SID, new Secret("secret"));
        return Tidings.builder(Twilio.provider(CredentialSource.fixed(credentials))
                        .baseUrl(stub.url())
                        .maxInFlight(window)
                        .build())
                .stores(stores)
                .from(Texts.FROM)
                .missed(GapSettings.off())
                .publicUrl(URI.create("https://host.example.com/twilio"), () -> List.of(new Secret("secret")))
                .dispatch(DispatchSettings.defaults().withInFlight(window))
                .rates(SenderRates.defaults().with(new Sender.Number(new PhoneNumber(Texts.FROM)), FAR_AWAY))
                .start();
    }

    static OutboundMessage message(Texts.Text text) {
        return OutboundMessage.to(new PhoneNumber(text.to())).text(text.body()).build();
    }

    /** A host that sends whenever fewer than a few windows of messages wait. */
    private static final class Feeder implements Load {
        private static final long LOOK_EVERY_NANOS = 10_000_000;
        private static final int LEAST_BACKLOG = 512;

        private final Stores stores = Stores.inMemory(TimeSource.system());
        private final List<MessageId> sent = new ArrayList<>();
        private final Texts texts = new Texts();
        private final Tidings tidings;
        private final long backlog;
        private final Thread thread;
        private volatile boolean stopping;

        Feeder(Stub stub, int window) {
            this.tidings = tidings(stub, window, stores);
            this.backlog = Math.max(LEAST_BACKLOG, 2L * window);
            this.thread = new Thread(this::feed, "feeder");
            thread.start();
        }

        private void feed() {
            while (!stopping) {
                long waiting = tidings.counts().getOrDefault(MessageStatus.QUEUED, 0L);
                for (; waiting < backlog; waiting++) {
                    sent.add(tidings.send(message(texts.next())).id());
                }
                LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
            }
        }

        @Override
        public Sent stop() throws InterruptedException {
            stopping = true;
            thread.join();
            tidings.close();
            long attempts = 0;
            long accepted = 0;
            for (MessageId id : sent) {
                for (Attempt attempt : stores.attempts().attempts(id)) {
                    attempts++;
                    accepted += attempt.status() == AttemptStatus.QUEUED ? 1 : 0;
                }
            }
            return new Sent(attempts, attempts - accepted);
        }
    }
}
