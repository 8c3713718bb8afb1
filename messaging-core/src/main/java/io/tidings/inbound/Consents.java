package io.tidings.inbound;

import io.tidings.consent.Evidence.Verbatim;
import io.tidings.consent.InboundText;
import io.tidings.consent.KeywordAction;
import io.tidings.history.InboundMove;
import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.message.InboundMessage;
import io.tidings.message.OutboundMessage;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.Stores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first stage: hears every message for consent, in the order of the provider's dates. */
final class Consents {
    private static final Logger log = LoggerFactory.getLogger(Consents.class);
    private static final int BATCH = 100;
    /** How long the loop leaves a message to the webhook that answers it itself. */
    private static final Duration LEFT_TO_WEBHOOK = Duration.ofSeconds(10);

    private final InboundSetup setup;
    private final Stores stores;
    private final Failures failures;
    /** The loop and webhooks that answer at once take turns, so that nobody overtakes. */
    private final ReentrantLock turn = new ReentrantLock();

    Consents(InboundSetup setup, Failures failures) {
        this.setup = setup;
        this.stores = setup.stores();
        this.failures = failures;
    }

    /** Hears all that is due, and tells whether there was any. */
    boolean drain() {
        turn.lock();
        try {
            boolean any = false;
            while (true) {
                List<InboundRow> claimed = stores.inbound()
                        .claim(InboundState.RECEIVED, BATCH, setup.settings().lease());
                if (claimed.isEmpty()) {
                    return any;
                }
                any = true;
                claimed.forEach(this::hear);
            }
        } finally {
            turn.unlock();
        }
    }

    private void hear(InboundRow row) {
        InboundMessage message = row.message();
        try {
            record(row, true);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            log.warn(
                    "hearing message {} failed with {}",
                    message.id(),
                    e.getClass().getName());
            try {
                // A STOP counts, whether or not it can be answered.
                record(row, false);
            } catch (StoreUnavailableException down) {
                throw down;
            } catch (RuntimeException again) {
                failures.failed(row, again);
                return;
            }
        }
        tell(message);
    }

    private void record(InboundRow row, boolean answering) {
        stores.transactions().execute(() -> {
            KeywordAction heard = setup.consent().hear(said(row.message()));
            OutboundMessage answer = answering ? heard.reply() : null;
            if (answer != null) {
                setup.intake().reply(row.message().account(), answer);
            }
            boolean command = !(heard instanceof KeywordAction.None);
            boolean mine = stores.inbound().move(row, next(row.message(), command, answer != null));
            if (!mine) {
                log.debug("message {} was heard by somebody else", row.message().id());
            }
        });
    }

    private static InboundText said(InboundMessage message) {
        return new InboundText(
                message.tenant(),
                message.from(),
                message.to(),
                message.received().service(),
                message.channel(),
                new Verbatim(message.text()),
                message.extras().get("OptOutType"),
                message.sid(),
                message.at());
    }

    private InboundMove next(InboundMessage message, boolean command, boolean answered) {
        if (command) {
            return InboundMove.done(
                    answered ? "a command about consent, answered" : "a command about consent", answered);
        }
        return InboundMove.checked(setup.routes().answersNow(message) ? LEFT_TO_WEBHOOK : Duration.ZERO);
    }

    private void tell(InboundMessage message) {
        try {
            setup.watcher().accept(message);
        } catch (RuntimeException e) {
            log.warn(
                    "a listener failed for message {} with {}",
                    message.id(),
                    e.getClass().getName());
        }
    }
}
