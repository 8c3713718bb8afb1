package io.tidings.inbound;

import io.tidings.history.InboundMove;
import io.tidings.history.InboundRow;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.InboundMessage;
import io.tidings.message.OutboundMessage;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.DryRun;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Stores;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second stage: runs the handler of a claimed message, and stores its reply with the mark that it is done. */
final class Handling {
    private static final Logger log = LoggerFactory.getLogger(Handling.class);

    private final InboundSetup setup;
    private final Stores stores;
    private final Failures failures;

    Handling(InboundSetup setup, Failures failures) {
        this.setup = setup;
        this.stores = setup.stores();
        this.failures = failures;
    }

    /** Runs the handler of a claimed message. Never throws but for a store that is down: the lease then runs out. */
    void handle(InboundRow row) {
        if (failures.isPoison(row)) {
            return;
        }
        try {
            Optional<Route> route = setup.routes().find(row.message());
            if (route.isEmpty()) {
                stores.inbound().move(row, InboundMove.done("no handler takes it", false));
                return;
            }
            finish(row, reply(route.get(), row.message()));
        } catch (HandlerFailed e) {
            failures.failed(row, Objects.requireNonNull(e.getCause()));
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            failures.failed(row, e);
        }
    }

    private static Reply reply(Route route, InboundMessage message) throws HandlerFailed {
        try {
            Reply reply = route.handler().handle(message);
            if (reply == null) {
                throw new IllegalStateException("the handler returned null; return Reply.none() to say nothing");
            }
            return reply;
        } catch (Throwable e) {
            throw new HandlerFailed(e);
        }
    }

    /** Keeps apart what a handler throws: it may use stores of its own that are down. */
    private static final class HandlerFailed extends Exception {
        private static final long serialVersionUID = 1L;

        HandlerFailed(Throwable cause) {
            super(cause);
        }
    }

    private void finish(InboundRow row, Reply reply) {
        stores.transactions().execute(() -> {
            if (!(reply instanceof Reply.Say say)) {
                stores.inbound().move(row, InboundMove.done("handled", false));
                return;
            }
            if (isLoop(row.message())) {
                stores.inbound().move(row, loop(row.message()));
                return;
            }
            // The move first: whoever lost the claim must not reply.
            if (stores.inbound().move(row, InboundMove.done("handled and answered", true))) {
                setup.intake().reply(row.message().account(), outbound(row.message(), say.content()));
            }
        });
    }

    private boolean isLoop(InboundMessage message) {
        return stores.inbound().replies(message.conversation(), setup.settings().window())
                >= setup.settings().replies();
    }

    private InboundMove loop(InboundMessage message) {
        log.warn("message {} is not answered: too many replies in its conversation", message.id());
        return InboundMove.done(
                "not answered: " + setup.settings().replies() + " replies within "
                        + setup.settings().window() + " look like two machines talking",
                false);
    }

    private static OutboundMessage outbound(InboundMessage message, Content content) {
        OutboundMessage.Builder reply = OutboundMessage.to(message.from())
                .tenant(message.tenant())
                .category(Category.CONVERSATION)
                .from(message.to())
                .content(content)
                .key("reply:" + message.sid())
                .tag("in-reply-to", message.id().toString())
                .orderKey(message.conversation().orderKey());
        return message.channel() == Channel.WHATSAPP
                ? reply.channel(Channel.WHATSAPP).build()
                : reply.build();
    }

    /**
     * Answers inside the webhook: the text to say, empty for none. Falls back to the usual way if the message is not to
     * be answered now, if the handler fails, or if a gate would not let the reply pass at once.
     */
    Optional<String> answerNow(InboundMessage message) {
        Route route = setup.routes().find(message).filter(Route::now).orElse(null);
        if (route == null) {
            return Optional.empty();
        }
        return stores.inbound().claim(message.id(), setup.settings().lease()).flatMap(row -> answerNow(route, row));
    }

    private Optional<String> answerNow(Route route, InboundRow row) {
        try {
            Reply reply = reply(route, row.message());
            String text = sayable(row.message(), reply);
            if (text.isEmpty()) {
                finish(row, reply);
                return Optional.empty();
            }
            return stores.transactions().run(() -> {
                if (isLoop(row.message())) {
                    stores.inbound().move(row, loop(row.message()));
                    return Optional.empty();
                }
                boolean mine = stores.inbound().move(row, InboundMove.done("answered in the webhook", true));
                return mine ? Optional.of(text) : Optional.empty();
            });
        } catch (HandlerFailed e) {
            failures.failed(row, Objects.requireNonNull(e.getCause()));
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            failures.failed(row, e);
            return Optional.empty();
        }
    }

    /** The text, if the reply is one and every gate would let it pass at once; else empty. */
    private String sayable(InboundMessage message, Reply reply) {
        if (!(reply instanceof Reply.Say say)) {
            return "";
        }
        DryRun dryRun = setup.intake().dryRun(outbound(message, say.content()));
        Receipt receipt = dryRun.receipt();
        boolean free = !receipt.isRefused() && receipt.reason() == null;
        return free && dryRun.content() instanceof Content.Text text
                ? text.body().text()
                : "";
    }
}
