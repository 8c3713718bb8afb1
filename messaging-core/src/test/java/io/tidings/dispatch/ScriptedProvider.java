package io.tidings.dispatch;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import io.tidings.message.Money;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderClock;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A provider whose answers a test writes down beforehand; it accepts what it has no script for. */
final class ScriptedProvider implements Provider, ProviderClock {
    private final Deque<Function<Submission, Outcome>> script = new ArrayDeque<>();
    private final List<Submission> submissions = new ArrayList<>();
    private final Map<String, ProviderMessage> known = new HashMap<>();
    private AccountCheck check = new AccountCheck(AccountCheck.State.ACTIVE, "active");
    private final List<ProviderMessage> listed = new ArrayList<>();
    private Runnable whileListing = () -> {};
    private boolean brokenLists;
    private Supplier<Optional<Instant>> clock = Optional::empty;
    private int lists;
    private int fetches;
    private int checks;
    private int brokenChecks;

    synchronized ScriptedProvider next(Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            script.add(submission -> outcome);
        }
        return this;
    }

    synchronized ScriptedProvider next(Function<Submission, Outcome> answer) {
        script.add(answer);
        return this;
    }

    synchronized void account(AccountCheck.State state) {
        check = new AccountCheck(state, "scripted " + state);
    }

    synchronized void breaksChecks(int count) {
        brokenChecks = count;
    }

    synchronized void knows(String sid, AttemptStatus status, int errorCode) {
        known.put(
                sid,
                new ProviderMessage(sid, status, errorCode, 1, null, null, null, new MessageBody(""), Instant.EPOCH));
    }

    synchronized void priced(String sid, AttemptStatus status, BigDecimal price, String currency) {
        known.put(
                sid,
                new ProviderMessage(
                        sid,
                        status,
                        0,
                        1,
                        price,
                        Currency.getInstance(currency),
                        null,
                        new MessageBody(""),
                        Instant.EPOCH));
    }

    @Override
    public synchronized Outcome send(Submission submission) {
        submissions.add(submission);
        Function<Submission, Outcome> scripted = script.poll();
        return scripted == null ? accepted(submissions.size()) : scripted.apply(submission);
    }

    static Outcome.Accepted accepted(int number) {
        return new Outcome.Accepted("SM" + "%032x".formatted(number), AttemptStatus.QUEUED);
    }

    synchronized List<Submission> submissions() {
        return List.copyOf(submissions);
    }

    synchronized int fetches() {
        return fetches;
    }

    synchronized int checks() {
        return checks;
    }

    @Override
    public synchronized Answer<ProviderMessage> fetch(String sid) {
        fetches++;
        ProviderMessage message = known.get(sid);
        return message == null ? new Answer.Missing<>() : new Answer.Found<>(message);
    }

    @Override
    public synchronized Answer<List<ProviderMessage>> list(ListQuery query) {
        lists++;
        if (brokenLists) {
            return new Answer.Failed<>(20500, "HTTP 500");
        }
        List<ProviderMessage> found = listed.stream()
                .filter(message -> query.to().equals(message.to()))
                .filter(message -> !message.createdAt().isBefore(query.createdFrom()))
                .toList();
        whileListing.run();
        return new Answer.Found<>(found);
    }

    synchronized void lists(String sid, Submission of, Instant createdAt) {
        int media = of.content() instanceof Content.Media one ? one.media().size() : 0;
        MessageBody body = of.content().body();
        listed.add(new ProviderMessage(sid, AttemptStatus.SENT, 0, 1, null, null, of.to(), body, createdAt, media));
    }

    /** Dates its answers from now on. */
    synchronized void dates(Supplier<Optional<Instant>> now) {
        clock = now;
    }

    @Override
    public synchronized Optional<Instant> now() {
        return clock.get();
    }

    synchronized void breaksLists(boolean broken) {
        brokenLists = broken;
    }

    /** Happens after the list was read and before its reader has it. */
    synchronized void whileListing(Runnable event) {
        whileListing = event;
    }

    synchronized int lists() {
        return lists;
    }

    @Override
    public Answer<ProviderMessage> cancel(String sid) {
        return new Answer.Missing<>();
    }

    @Override
    public synchronized AccountCheck check() {
        checks++;
        if (brokenChecks-- > 0) {
            throw new IllegalStateException("scripted");
        }
        return check;
    }

    @Override
    public Answer<Money> balance() {
        return new Answer.Missing<>();
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void close() {}
}
