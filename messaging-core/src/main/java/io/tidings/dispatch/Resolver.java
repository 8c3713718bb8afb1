package io.tidings.dispatch;

import io.tidings.dispatch.Matching.Assignment;
import io.tidings.dispatch.Matching.Suspect;
import io.tidings.history.Attempt;
import io.tidings.history.DoubtStore.Look;
import io.tidings.history.Observation;
import io.tidings.history.StoredMessage;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.QueueRow.State;
import io.tidings.outbox.Settler;
import io.tidings.outbox.Stores;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderClock;
import io.tidings.provider.ProviderMessage;
import io.tidings.retry.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what became of attempts with an unknown outcome: looks for them in the provider's list from time to time, and
 * lets the policy of their category decide when nothing has told until the horizon. After a decision it goes on looking
 * as long as the plan says, so that a second copy does not stay unseen.
 *
 * <p>Presence proves, absence does not. No transaction is open while the list is read; what it shows is matched against
 * what is known afterwards, so a callback that came meanwhile counts.
 */
final class Resolver {
    /** Longer than any answer may take, so that a look is taken over only from a node that is gone. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** Two clocks that are compared are exact to the second, and dates of messages are cut to it. */
    private static final Duration MEASURED = Duration.ofSeconds(5);

    private static final int MOST_LISTED = 200;

    private final Stores stores;
    private final Settler settler;
    private final RetryPolicy retry;
    private final LookPlan plan;
    private final Matching matching;
    private final Matching exactly;
    private final InstantSource time;
    private final Questions questions;

    Resolver(WorkerSetup setup, Questions questions) {
        this.stores = setup.stores();
        this.settler = setup.settler();
        this.retry = setup.settler().policy();
        this.plan = setup.looks();
        this.matching = new Matching(
                plan.slack().plusSeconds(1), setup.settings().lease().plus(plan.slack()));
        this.exactly = new Matching(MEASURED, setup.settings().lease().plus(MEASURED));
        this.time = setup.time();
        this.questions = questions;
    }

    /** An attempt that is looked for. */
    private record Doubt(Attempt attempt, StoredMessage stored, int round) {
        AttemptId id() {
            return attempt.id();
        }
    }

    /**
     * Starts the looks that are due. Returns nanoseconds until the next one; while no more may run, the end of one is a
     * hint instead.
     */
    long resolve() {
        int free = questions.free();
        long next = nextLook();
        if (free <= 0 || next > 0) {
            return free <= 0 ? Long.MAX_VALUE : next;
        }
        Map<Doubt, Provider> ready = stores.transactions().run(() -> {
            Map<Doubt, Provider> due = new LinkedHashMap<>();
            stores.doubts().take(free, LEASE).forEach(look -> prepare(look, due));
            return due;
        });
        ready.forEach(
                (doubt, provider) -> questions.start("looking for attempt " + doubt.id(), () -> look(doubt, provider)));
        return nextLook();
    }

    private long nextLook() {
        return stores.doubts().nextLook().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    private void prepare(Look look, Map<Doubt, Provider> due) {
        if (isInTheAir(look)) {
            return;
        }
        Optional<Doubt> open = open(look);
        if (open.isEmpty()) {
            stores.doubts().stop(look.attempt());
            return;
        }
        Doubt doubt = open.get();
        Optional<Provider> provider = questions.provider(doubt.stored().account());
        if (look.round() == 0) {
            again(doubt, plan.firstWait(age(doubt)));
        } else if (provider.isEmpty()) {
            again(doubt, plan.times().get(0));
        } else {
            due.put(doubt, provider.get());
        }
    }

    /**
     * Whether its answer may still come: its message left the queue by another attempt while it was in the air. When that
     * cannot be any more, it is in doubt like what a lost node had in the air.
     */
    private boolean isInTheAir(Look look) {
        Optional<Attempt> sending = attempt(look).filter(one -> one.status() == AttemptStatus.SENDING_TO_PROVIDER);
        if (sending.isEmpty()) {
            return false;
        }
        Duration left = matching.after().minus(Duration.between(sending.get().startedAt(), time.instant()));
        if (left.isNegative() || left.isZero()) {
            settler.doubtBeside(look.attempt());
            return false;
        }
        stores.doubts().lookAfter(look.attempt(), left, look.round());
        return true;
    }

    private Optional<Attempt> attempt(Look look) {
        return stores.attempts().attempts(look.attempt().message()).stream()
                .filter(one -> one.id().equals(look.attempt()))
                .findFirst();
    }

    private Optional<Doubt> open(Look look) {
        return attempt(look)
                .filter(one -> one.status() == AttemptStatus.UNCERTAIN)
                .flatMap(one ->
                        questions.message(one.id().message()).map(stored -> new Doubt(one, stored, look.round())));
    }

    private void again(Doubt doubt, Duration wait) {
        stores.doubts().lookAfter(doubt.id(), wait, doubt.round() + 1);
    }

    private Duration age(Doubt doubt) {
        return Duration.between(doubt.attempt().startedAt(), time.instant());
    }

    private Duration horizon(Doubt doubt) {
        return plan.scaled(retry.rule(doubt.stored().message().category()).uncertain())
                .horizon();
    }

    private void look(Doubt doubt, Provider provider) {
        Instant from = doubt.attempt().startedAt().minus(earliest(provider));
        Answer<List<ProviderMessage>> answer =
                provider.list(new ListQuery(doubt.stored().message().to(), from, MOST_LISTED));
        stores.transactions()
                .execute(() -> open(new Look(doubt.id(), doubt.round()))
                        .ifPresentOrElse(
                                still -> looked(still, answer, window(provider)),
                                () -> stores.doubts().stop(doubt.id())));
    }

    /** What may be an attempt's by the provider's clock, which is measured where it tells. */
    private Matching window(Provider provider) {
        return provider.can(ProviderClock.class)
                .flatMap(ProviderClock::now)
                .map(now -> exactly.ahead(Duration.between(time.instant(), now)))
                .orElse(matching);
    }

    /** Before the list is read the newest measure may be old, or there may be none. */
    private Duration earliest(Provider provider) {
        Duration measured = window(provider).before();
        return measured.compareTo(matching.before()) > 0 ? measured : matching.before();
    }

    private void looked(Doubt doubt, Answer<List<ProviderMessage>> answer, Matching window) {
        if (answer instanceof Answer.Found<List<ProviderMessage>> found) {
            Assignment assignment = match(doubt, found.value(), window);
            assignment.found().forEach(this::claim);
            if (!assignment.found().containsKey(doubt.id())) {
                note(doubt, found.value().size() + " listed, none is it");
                goOn(doubt, true, assignment.withheld() > 0);
            }
        } else {
            note(doubt, "the list could not be read");
            goOn(doubt, false, false);
        }
    }

    /** All that look alike are matched together: one look for twins is as good as two. */
    private Assignment match(Doubt doubt, List<ProviderMessage> listed, Matching window) {
        Optional<NormalForm> form = NormalForm.of(doubt.stored().message().content());
        if (form.isEmpty()) {
            return new Assignment(Map.of(), 0);
        }
        List<Suspect> suspects = new ArrayList<>();
        List<Instant> inFlight = new ArrayList<>();
        suspects.add(new Suspect(doubt.id(), doubt.attempt().startedAt(), !isHeld(doubt)));
        for (QueueRow row : stores.work()
                .unresolved(doubt.stored().account(), doubt.stored().message().to())) {
            if (!row.attempt().equals(doubt.id()) && looksAlike(row, form.get())) {
                newest(row).ifPresent(attempt -> {
                    if (attempt.status() == AttemptStatus.UNCERTAIN) {
                        suspects.add(new Suspect(attempt.id(), attempt.startedAt(), false));
                    } else if (row.state() == State.SENDING) {
                        inFlight.add(attempt.startedAt());
                    }
                });
            }
        }
        return window.assign(suspects, inFlight, free(listed, form.get()));
    }

    private static boolean looksAlike(QueueRow row, NormalForm form) {
        return NormalForm.of(row.stored().message().content())
                .filter(form::equals)
                .isPresent();
    }

    private Optional<Attempt> newest(QueueRow row) {
        return stores.attempts().attempts(row.stored().id()).stream()
                .filter(attempt -> attempt.id().equals(row.attempt()))
                .findFirst();
    }

    private List<ProviderMessage> free(List<ProviderMessage> listed, NormalForm form) {
        List<ProviderMessage> alike = listed.stream().filter(form::fits).toList();
        Set<String> owned = stores.attempts()
                .owners(alike.stream().map(ProviderMessage::sid).toList())
                .keySet();
        return alike.stream().filter(message -> !owned.contains(message.sid())).toList();
    }

    private void claim(AttemptId attempt, ProviderMessage found) {
        settler.report(
                attempt,
                new Observation(
                        found.status(),
                        found.sid(),
                        found.errorCode(),
                        null,
                        Observation.Source.LIST,
                        time.instant(),
                        Map.of()));
        stores.doubts().stop(attempt);
    }

    private void note(Doubt doubt, String text) {
        stores.attempts().observe(doubt.id(), Observation.note(Observation.Source.LOOK, text, time.instant()));
    }

    /** Whether the message still waits for this attempt to be resolved; if not, the policy has decided. */
    private boolean isHeld(Doubt doubt) {
        return stores.outbox()
                .find(doubt.id().message())
                .filter(row -> row.state() == State.UNCERTAIN && row.attempt().equals(doubt.id()))
                .isPresent();
    }

    private void goOn(Doubt doubt, boolean listed, boolean othersInFlight) {
        Duration age = age(doubt);
        Duration left = horizon(doubt).minus(age);
        boolean held = isHeld(doubt);
        boolean informed = listed && !othersInFlight;
        boolean hopeless = left.plus(plan.patience()).isNegative() && plan.isEnough(doubt.round());
        if (held && left.compareTo(Duration.ZERO) <= 0 && (informed || hopeless)) {
            settler.decideWithoutEvidence(doubt.id(), listed);
            held = false;
        }
        Duration next = plan.nextWait(age);
        if (held) {
            again(doubt, waitForHorizon(next, left));
        } else if (next.isZero()) {
            stores.doubts().stop(doubt.id());
        } else {
            again(doubt, next);
        }
    }

    private Duration waitForHorizon(Duration next, Duration left) {
        if (left.compareTo(Duration.ZERO) <= 0) {
            return plan.times().get(0);
        }
        return next.isZero() || left.compareTo(next) < 0 ? left : next;
    }
}
