package io.tidings.inbound;

import io.tidings.history.InboundMove;
import io.tidings.history.InboundStore;
import io.tidings.inbound.GapReport.State;
import io.tidings.message.InboundMessage;
import io.tidings.message.Mailbox;
import io.tidings.message.MessageId;
import io.tidings.message.Received;
import io.tidings.message.StoreUnavailableException;
import io.tidings.provider.Answer;
import io.tidings.provider.InboundListing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what people sent while nobody answered webhooks: at the start, after a pause of the process, and on demand.
 * All of it is stored and heard for consent before the first handler runs.
 *
 * <p>One thread at a time calls all but {@link #report} and {@link #demand}.
 */
final class GapFill {
    private static final Logger log = LoggerFactory.getLogger(GapFill.class);
    private static final int BATCH = 100;
    private static final int MOST_PAGES = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** The provider's dates are whole seconds of another clock: what is as young came to this process. */
    private static final Duration JUST_NOW = Duration.ofMinutes(1);

    private static final Duration MARK_EVERY = Duration.ofMinutes(1);
    private static final InboundMove SHOWN_ONLY =
            InboundMove.done("received before the first start: heard for consent, given to no handler", false);

    private static final int REFUSED = 20003;

    private final InboundSetup setup;
    private final AccountInbox inbox;
    private final InboundStore store;
    private final Consents consents;
    private final @Nullable InboundListing listing;
    private volatile GapReport report;
    private volatile @Nullable Instant demanded;
    /** Used by the one thread, as all below. */
    private @Nullable Instant since;

    private boolean first;
    private @Nullable Instant nextTry;
    private volatile boolean refused;
    private int tries;
    private final Instant opened;
    private Instant lastLook;
    private Instant marked = Instant.MIN;

    GapFill(InboundSetup setup, AccountInbox inbox, Consents consents) {
        this.setup = setup;
        this.inbox = inbox;
        this.store = setup.stores().inbound();
        this.consents = consents;
        this.listing = setup.gaps().on() ? inbox.listing() : null;
        Instant now = setup.time().instant();
        this.lastLook = now;
        this.opened = now;
        State state = listing == null ? State.OFF : State.PENDING;
        this.report = new GapReport(state, null, 0, now, null);
    }

    /** Notes what is missing, before the first webhook of this process can hide it. */
    void open() {
        if (listing == null) {
            return;
        }
        Instant now = setup.time().instant();
        Optional<Instant> complete;
        try {
            complete = store.completeUntil(inbox.account());
        } catch (StoreUnavailableException e) {
            complete = Optional.empty();
        }
        first = complete.isEmpty();
        since = complete.map(until -> until.minus(setup.gaps().overlap()))
                .orElse(now.minus(setup.gaps().firstLookBack()));
        nextTry = now;
    }

    /** Asks for a fetch of everything from a date on, by any thread. */
    void demand(Instant from) {
        demanded = from;
    }

    GapReport report() {
        return report;
    }

    /** Whether the newest fetch failed because the account's credentials are refused. */
    boolean isRefused() {
        return refused && isUnfilled();
    }

    /** Whether the very first fetch has not ended, so that nothing may be processed yet. */
    boolean isUnfilled() {
        return listing != null && report.state() != State.COMPLETE;
    }

    /** Fetches if it is time to, and moves the mark of certainty while the process is awake. */
    void look() {
        if (listing == null) {
            return;
        }
        Instant now = setup.time().instant();
        noticePause(now);
        takeDemand(now);
        if (since == null) {
            mark(now);
        } else if (nextTry == null || !now.isBefore(nextTry)) {
            fill(listing, since, now);
        }
        lastLook = setup.time().instant();
    }

    private void noticePause(Instant now) {
        if (since == null
                && Duration.between(lastLook, now).compareTo(setup.gaps().away()) >= 0) {
            log.info("the process was away since {}; what people sent meanwhile is fetched", lastLook);
            since = lastLook.minus(setup.gaps().overlap());
        }
    }

    private void takeDemand(Instant now) {
        Instant from = demanded;
        if (from != null) {
            demanded = null;
            since = since == null || from.isBefore(since) ? from : since;
            nextTry = now;
        }
    }

    private void mark(Instant now) {
        if (marked.plus(MARK_EVERY).isBefore(now)) {
            store.markComplete(inbox.account(), now);
            marked = now;
        }
    }

    private void fill(InboundListing source, Instant from, Instant now) {
        String problem;
        try {
            List<Received> found = collect(source, from);
            List<MessageId> added = append(found);
            consents.drain();
            if (first) {
                added.forEach(this::showOnly);
            }
            done(from, now, added.size());
            return;
        } catch (NotListedException e) {
            problem = e.getMessage();
            refused = e.code == REFUSED;
        } catch (StoreUnavailableException e) {
            problem = "the store is unavailable";
        }
        tries++;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, tries - 1));
        nextTry = setup.time().instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        log.warn(
                "what people sent to account {} since {} could not be fetched ({}); it is tried again",
                inbox.account(),
                from,
                problem);
        report = new GapReport(State.FAILED, from, 0, setup.time().instant(), problem);
    }

    private void done(Instant from, Instant now, int found) {
        store.markComplete(inbox.account(), now);
        marked = now;
        since = null;
        nextTry = null;
        first = false;
        tries = 0;
        report = new GapReport(State.COMPLETE, from, found, now, null);
        if (found > 0) {
            log.info("{} messages from people to account {} had been missed since {}", found, inbox.account(), from);
        } else {
            log.debug("no messages from people to account {} had been missed since {}", inbox.account(), from);
        }
    }

    /** Oldest first, so that a STOP and a START keep their order. */
    private List<Received> collect(InboundListing source, Instant from) {
        List<Received> found = new ArrayList<>();
        List<@Nullable Mailbox> mailboxes = new ArrayList<>(inbox.mailboxes());
        if (mailboxes.isEmpty()) {
            mailboxes.add(null);
        }
        for (Mailbox mailbox : mailboxes) {
            found.addAll(collect(source, mailbox, from));
        }
        found.sort(Comparator.comparing(Received::at).thenComparing(Received::sid));
        return found;
    }

    private static List<Received> collect(InboundListing source, @Nullable Mailbox mailbox, Instant from) {
        List<Received> found = new ArrayList<>();
        String page = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Answer<InboundListing.Page> answer = source.received(new InboundListing.Query(mailbox, from, page));
            if (!(answer instanceof Answer.Found<InboundListing.Page> list)) {
                throw new NotListedException(answer);
            }
            found.addAll(list.value().messages());
            page = list.value().next();
            if (page == null) {
                return found;
            }
        }
        throw new NotListedException("the list does not end");
    }

    private List<MessageId> append(List<Received> found) {
        List<MessageId> added = new ArrayList<>();
        for (int start = 0; start < found.size(); start += BATCH) {
            List<InboundMessage> batch = found.subList(start, Math.min(found.size(), start + BATCH)).stream()
                    .map(received -> setup.takenIn(inbox.account(), received))
                    .toList();
            added.addAll(setup.stores()
                    .transactions()
                    .run(() -> batch.stream()
                            .filter(message -> store.append(message, Map.of()))
                            .map(InboundMessage::id)
                            .toList()));
        }
        return added;
    }

    private void showOnly(MessageId id) {
        store.find(id)
                .filter(row -> row.message().at().isBefore(opened.minus(JUST_NOW)))
                .flatMap(row -> store.claim(id, setup.settings().lease()))
                .ifPresent(row -> store.move(row, SHOWN_ONLY));
    }

    /** The provider's list could not be read. */
    private static final class NotListedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        NotListedException(Answer<?> answer) {
            super(
                    answer instanceof Answer.Failed<?> failed
                            ? "the provider's list failed: " + failed.cause()
                                    + (failed.code() == 0 ? "" : ", code " + failed.code())
                            : "the provider has no list of messages");
            this.code = answer instanceof Answer.Failed<?> failed ? failed.code() : 0;
        }

        NotListedException(String message) {
            super(message);
            this.code = 0;
        }
    }
}
