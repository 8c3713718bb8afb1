package io.tidings.sandbox;

import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Moves messages from status to status: through the service's choice of a sender, the sender's queue, the network and the
 * handset. Every step runs under the network's lock.
 */
final class Carrier {
    private final Network network;
    private final StatusCallbacks callbacks;

    Carrier(Network network) {
        this.network = network;
        this.callbacks = new StatusCallbacks(network);
    }

    /** Sets out with a message whose first status is set. Of that status no callback is sent. */
    void start(Message message, boolean queueFull) {
        Draft draft = message.draft;
        if (draft.options().sendIn() != null) {
            network.later(draft.options().sendIn(), () -> {
                if (message.status.equals("scheduled")) {
                    route(message, queueFull);
                }
            });
        } else if (draft.service() != null) {
            network.later(delay(message, network.settings.delays.accept(), 1), () -> route(message, queueFull));
        } else {
            place(message, draft.from() == null ? null : network.senders.find(draft.from()));
        }
    }

    boolean tells(Message message) {
        return callbacks.url(message) != null;
    }

    void cancel(Message message) {
        to(message, "canceled");
        end(message);
        callbacks.tell(message);
    }

    private void route(Message message, boolean queueFull) {
        Draft draft = message.draft;
        MessagingService service = network.services.find(draft.service());
        if (service == null) {
            fail(message, 21701);
            return;
        }
        Sender sender = draft.from() != null
                ? network.senders.find(draft.from())
                : network.services.choose(service, draft.to(), network.clock.nanos());
        if (sender == null) {
            fail(message, 21703);
        } else if (network.optOuts.blocks(draft.to(), service)) {
            fail(message, 21610);
        } else if (queueFull || !sender.queue().fits(network.clock.nanos(), draft.segments())) {
            message.from = sender.address();
            fail(message, 30001);
        } else {
            message.from = sender.address();
            message.segments = draft.segments();
            to(message, "queued");
            callbacks.tell(message);
            place(message, sender);
        }
    }

    private void place(Message message, @Nullable Sender sender) {
        if (sender == null) {
            fail(message, 21606);
            return;
        }
        long now = network.clock.nanos();
        Duration wait = Duration.ofNanos(sender.queue().startAt(now) - now);
        Duration validity = message.draft.options().validity();
        if (wait.compareTo(validity) > 0) {
            network.later(validity, () -> fail(message, 30036));
            return;
        }
        sender.queue().occupy(now, message.draft.segments());
        network.later(wait.plus(delay(message, network.settings.delays.queue(), 2)), () -> {
            to(message, "sending");
            network.later(delay(message, network.settings.delays.send(), 3), () -> handOver(message));
        });
    }

    /** WhatsApp looks at the window and the template when it sends, not when the message is created. */
    private int refusal(Message message) {
        Draft draft = message.draft;
        if (draft.options().template() != null && new Content.Rendered(draft.body(), draft.media()).lacksValues()) {
            return 63028;
        }
        if (!draft.isWhatsApp() || message.from == null) {
            return 0;
        }
        Content template = network.contents.find(draft.options().template());
        boolean free = network.sessions.isOpen(draft.to(), message.from, network.clock.instant());
        return free || (template != null && template.isApproved()) ? 0 : 63016;
    }

    /** The recipient has opened it. */
    boolean read(Message message) {
        if (!message.draft.isWhatsApp() || !message.status.equals("delivered")) {
            return false;
        }
        to(message, "read");
        end(message);
        callbacks.tell(message);
        return true;
    }

    private void handOver(Message message) {
        int refusal = refusal(message);
        if (refusal != 0) {
            fail(message, refusal);
            return;
        }
        Runnable fate = network.handsets.next(message.to()).match(new HandsetOutcome.Cases<Runnable>() {
            @Override
            public Runnable delivered() {
                return () -> sent(message, "delivered", 0);
            }

            @Override
            public Runnable undelivered(int code) {
                return () -> sent(message, "undelivered", code);
            }

            @Override
            public Runnable failed(int code) {
                return () -> fail(message, code);
            }

            @Override
            public Runnable noReceipt() {
                return () -> sent(message, null, 0);
            }

            @Override
            public Runnable rejected(int code) {
                return () -> fail(message, code);
            }
        });
        fate.run();
    }

    private void sent(Message message, @Nullable String receipt, int code) {
        to(message, "sent");
        message.sent = network.clock.instant();
        callbacks.tell(message);
        network.later(
                delay(message, network.settings.delays.price(), 5), () -> message.price = InventedPrices.of(message));
        if (receipt == null) {
            end(message);
            return;
        }
        network.later(delay(message, network.settings.delays.receipt(), 4), () -> {
            message.errorCode = code;
            to(message, receipt);
            end(message);
            callbacks.tell(message);
        });
    }

    private void fail(Message message, int code) {
        message.errorCode = code;
        to(message, "failed");
        end(message);
        callbacks.tell(message);
    }

    private void to(Message message, String status) {
        message.status = status;
        message.updated = network.clock.instant();
    }

    private void end(Message message) {
        network.log.write(stamp -> new LogEntry.FinalStatus(stamp, message.sid, message.status, message.errorCode));
    }

    /** Depends on the seed and the message only, so that a run's delays do not depend on threads. */
    private Duration delay(Message message, Duration mean, int step) {
        SplittableRandom random = Identity.chance(network.settings.seed, message.identity, 100 + step);
        return Delays.scaled(mean, 0.5 + random.nextDouble());
    }
}
