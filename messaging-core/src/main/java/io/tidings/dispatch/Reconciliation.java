package io.tidings.dispatch;

import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditLog;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.message.AccountId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TimeSource;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.QueueRow.State;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.provider.Answer;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.SentListing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares, before anything leaves, what waits in the store with what the provider has. A store restored from a backup
 * does not know what was sent since: such a message is recorded as accepted instead of being sent again.
 *
 * <p>Only messages that waited before this start can be among them, so a store without any asks nothing. The list is read
 * back until a page shows messages that the store knows and nothing that it has forgotten: one page, after an ordinary
 * stop. What cannot be decided, because no text can be compared, is left to a person. Used by the loop, and by one
 * question at a time.
 */
final class Reconciliation {
    private static final String CAUSE = "restore";
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final int MOST_PAGES = 200;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Comparator<QueueRow> OLDEST_FIRST = Comparator.comparing(
                    (QueueRow row) -> row.stored().acceptedAt())
            .thenComparing(row -> row.stored().id());

    private final Stores stores;
    private final Settler settler;
    private final RestoreCheck settings;
    private final AccountId account;
    private final String cause;
    private final @Nullable SentListing listing;
    private final TimeSource time;
    private final Holds holds;
    private final Instant started;
    private volatile @Nullable AuditLog acts;
    private volatile boolean over;
    private volatile boolean running;
    private volatile boolean begun;
    private volatile long nextTry;
    private int tries;

    Reconciliation(WorkerSetup setup, Line line, RestoreCheck settings, Holds holds, boolean nothingWaits) {
        this.stores = setup.stores();
        this.settler = setup.settler();
        this.settings = settings;
        this.account = line.account();
        this.cause = account.equals(AccountId.DEFAULT) ? CAUSE : CAUSE + " " + account;
        this.listing = line.provider().can(SentListing.class).orElse(null);
        this.time = setup.time();
        this.holds = holds;
        this.started = time.instant();
        this.nextTry = time.nanos();
        this.over = !settings.on() || listing == null || nothingWaits;
    }

    void recordIn(AuditLog log) {
        acts = log;
    }

    /**
     * Starts the comparison if it is time to; while it is not over, nothing leaves through this account. Returns when to come
     * again; while no more questions may run, the end of one is a hint instead.
     */
    long step(Questions questions) {
        if (over || releasedByAPerson()) {
            over = true;
            return Long.MAX_VALUE;
        }
        long left = nextTry - time.nanos();
        if (running || left > 0) {
            return running ? Long.MAX_VALUE : left;
        }
        holds.hold(
                account, cause, "what waits is compared with what the provider has sent, as after a restored backup");
        begun = true;
        if (questions.free() <= 0) {
            return Long.MAX_VALUE;
        }
        running = true;
        questions.start("comparing with the provider's list", this::compare);
        return Long.MAX_VALUE;
    }

    /** Whether there is nothing to compare, or no more. */
    boolean isOver() {
        return over;
    }

    private boolean releasedByAPerson() {
        return begun && !holds.all().containsKey(cause);
    }

    private void compare() {
        String problem;
        try {
            Found found = read(Objects.requireNonNull(listing));
            done(found);
            return;
        } catch (UnlistedException e) {
            problem = Objects.requireNonNull(e.getMessage());
        } catch (RuntimeException e) {
            problem = e.getClass().getSimpleName();
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(6, tries++));
        nextTry = time.nanos() + (pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toNanos();
        holds.replace(cause, "what waits could not be compared with what the provider has sent: " + problem);
        running = false;
        log.warn("nothing leaves until what waits was compared with the provider's list: {}", problem);
    }

    private void done(Found found) {
        over = true;
        if (found.recovered > 0 || !found.ambiguous.isEmpty()) {
            log.warn(
                    "the store has forgotten messages that were sent, as a restored backup does: {} are recorded as accepted,"
                            + " {} cannot be told",
                    found.recovered,
                    found.ambiguous.size());
            record(found);
        }
        if (found.ambiguous.isEmpty()) {
            holds.release(cause);
        } else {
            holds.replace(
                    cause,
                    "the provider has messages to the recipients of " + found.ambiguous
                            + ", and no text tells whether they are these; cancel those that were sent, then release");
        }
    }

    private void record(Found found) {
        AuditLog trail = acts;
        if (trail != null) {
            trail.act(Action.STORE_RECONCILED, Actor.system("dispatch"))
                    .reason("the provider had messages that the store did not know")
                    .detail("recovered", Integer.toString(found.recovered))
                    .detail("undecided", Integer.toString(found.ambiguous.size()))
                    .record();
        }
    }

    /** What the pages have shown so far. */
    private static final class Found {
        private int recovered;
        private final Set<String> ambiguous = new TreeSet<>();
    }

    private Found read(SentListing list) {
        Found found = new Found();
        Instant from = started.minus(settings.window());
        String page = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Answer<SentListing.Page> answer = list.sent(from, page);
            if (!(answer instanceof Answer.Found<SentListing.Page> read)) {
                throw new UnlistedException("the provider's list could not be read");
            }
            boolean forgotten = compare(read.value().messages(), found);
            page = read.value().next();
            if (page == null || !forgotten) {
                return found;
            }
        }
        throw new UnlistedException("the provider's list does not end");
    }

    /** Whether older pages may hold more: this one shows nothing that the store knows, or something it has forgotten. */
    private boolean compare(List<ProviderMessage> listed, Found found) {
        return stores.transactions().run(() -> {
            Set<String> known = stores.attempts()
                    .owners(listed.stream().map(ProviderMessage::sid).toList())
                    .keySet();
            List<ProviderMessage> strange = listed.stream()
                    .filter(message -> !known.contains(message.sid()))
                    .sorted(Comparator.comparing(ProviderMessage::createdAt))
                    .toList();
            int before = found.recovered + found.ambiguous.size();
            Set<PhoneNumber> recipients = strange.stream()
                    .map(ProviderMessage::to)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            for (PhoneNumber to : recipients) {
                List<ProviderMessage> theirs =
                        strange.stream().filter(one -> to.equals(one.to())).toList();
                new Recipient(to).assign(theirs, found);
            }
            return known.isEmpty() || found.recovered + found.ambiguous.size() > before;
        });
    }

    /** What waits for one recipient, and which strange messages that could be. */
    private final class Recipient {
        private final List<QueueRow> waiting;
        private final List<QueueRow> unresolved;

        Recipient(PhoneNumber to) {
            this.waiting = stores.outbox().waitingFor(account, to).stream()
                    .filter(row -> !row.stored().acceptedAt().isAfter(started))
                    .sorted(OLDEST_FIRST)
                    .collect(Collectors.toCollection(ArrayList::new));
            this.unresolved = new ArrayList<>(stores.work().unresolved(account, to));
        }

        void assign(List<ProviderMessage> strange, Found found) {
            for (ProviderMessage message : strange) {
                if (!take(unresolved, message)) {
                    Optional<QueueRow> match = first(waiting, message);
                    match.ifPresent(row -> {
                        waiting.remove(row);
                        found.recovered += recover(row, message) ? 1 : 0;
                    });
                    if (match.isEmpty()) {
                        waiting.stream()
                                .filter(row -> fits(row, message) && form(row).isEmpty())
                                .forEach(row ->
                                        found.ambiguous.add(row.stored().id().toString()));
                    }
                }
            }
        }

        /** The resolver will give it to the attempt that is in doubt. */
        private boolean take(List<QueueRow> rows, ProviderMessage message) {
            Optional<QueueRow> match = rows.stream()
                    .filter(row -> fits(row, message))
                    .filter(row -> NormalForm.of(row.stored().message().content())
                            .filter(form -> form.fits(message))
                            .isPresent())
                    .findFirst();
            match.ifPresent(rows::remove);
            return match.isPresent();
        }

        private Optional<QueueRow> first(List<QueueRow> rows, ProviderMessage message) {
            return rows.stream()
                    .filter(row -> fits(row, message))
                    .filter(row -> form(row).filter(form -> form.fits(message)).isPresent())
                    .findFirst();
        }

        /** What alone tells that a waiting message was sent: its text. The same number of pictures proves too little. */
        private Optional<NormalForm> form(QueueRow row) {
            return NormalForm.of(row.stored().message().content()).filter(NormalForm::hasText);
        }

        private boolean fits(QueueRow row, ProviderMessage message) {
            return !message.createdAt().isBefore(row.stored().acceptedAt().minus(settings.slack()));
        }
    }

    /** Puts the message where it would be if its attempt had not been forgotten: begun, its outcome in doubt, then found. */
    private boolean recover(QueueRow row, ProviderMessage message) {
        return stores.outbox()
                .withdraw(row.stored().id())
                .map(gone -> {
                    QueueRow held = new QueueRow(
                            gone.stored(),
                            State.UNCERTAIN,
                            gone.notBefore(),
                            gone.tries().begin(),
                            gone.lastFailure());
                    stores.outbox().reopen(held);
                    stores.attempts().begin(List.of(Attempt.begun(held.attempt(), message.createdAt())));
                    return settler.report(
                            held.attempt(),
                            new Observation(
                                    message.status(),
                                    message.sid(),
                                    message.errorCode(),
                                    null,
                                    Observation.Source.LIST,
                                    time.instant(),
                                    Map.of()));
                })
                .orElse(false);
    }

    /** The provider's list could not be read. */
    private static final class UnlistedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnlistedException(String message) {
            super(message);
        }
    }
}
