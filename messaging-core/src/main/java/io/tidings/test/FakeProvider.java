package io.tidings.test;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Money;
import io.tidings.message.TimeSource;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.SentListing;
import io.tidings.provider.Submission;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider in this process that accepts and delivers every message at once, unless told otherwise for the next ones.
 *
 * <p>No network and no threads. What is arranged is used up in the order of arrangement, one submission each. A
 * delivery is known to {@link #fetch} at once; {@link TestTidings} also brings it as a signed status callback. For
 * wire-level faults, carriers and handsets use the sandbox instead. Safe for use by many threads.
 */
public final class FakeProvider implements Provider, SentListing {
    private static final String CODE_RULE = "an error code is a positive number such as 30003, got ";

    private final TimeSource time;
    /** Guarded by this, as all below. */
    private final Deque<Function<Submission, Outcome>> script = new ArrayDeque<>();

    private final Map<String, Carried> carried = new LinkedHashMap<>();
    private final Queue<Carried> news = new ArrayDeque<>();
    private int submissions;
    private AccountCheck check = new AccountCheck(AccountCheck.State.ACTIVE, "the fake account is active");
    private @Nullable Money balance;

    /** Dates what it takes in by the machine's clock. */
    public FakeProvider() {
        this(TimeSource.system());
    }

    /** Dates what it takes in by this clock. */
    public FakeProvider(TimeSource time) {
        this.time = time;
    }

    /** Lets the next message fail with a Twilio error code; see {@link #failNext(int, Times)}. */
    public FakeProvider failNext(int errorCode) {
        return failNext(errorCode, Times.once());
    }

    /**
     * Lets the next submissions fail with a Twilio error code, at the place where Twilio reports it: codes of messages
     * (30001 to 30999, and 63000 to 63999 of channels) come after the message was accepted, as {@code undelivered}; all
     * others refuse the request.
     */
    public synchronized FakeProvider failNext(int errorCode, Times times) {
        if (errorCode < 1) {
            throw new IllegalArgumentException(CODE_RULE + errorCode);
        }
        boolean afterwards = errorCode / 1000 == 30 || errorCode / 1000 == 63;
        return arrange(
                times,
                afterwards
                        ? submission -> accept(submission, AttemptStatus.UNDELIVERED, errorCode)
                        : submission -> new Outcome.Rejected(errorCode));
    }

    /** Answers the next submissions with 429: not processed. */
    public synchronized FakeProvider throttleNext(Times times) {
        return arrange(times, submission -> new Outcome.Throttled(null));
    }

    /** Leaves that much money on the account, until it is set again. Sending takes nothing from it. */
    public synchronized FakeProvider balance(Money left) {
        this.balance = left;
        return this;
    }

    /** Lets no connection come about for the next submissions: provably nothing was sent. */
    public synchronized FakeProvider refuseConnections(Times times) {
        return arrange(times, submission -> new Outcome.Unsent("connection refused"));
    }

    /** Accepts the next submissions, but loses the answer: the outcome is uncertain, and the message arrives. */
    public synchronized FakeProvider loseAnswers(Times times) {
        return arrange(times, submission -> {
            accept(submission, AttemptStatus.DELIVERED, 0);
            return new Outcome.Uncertain("answer lost", 0);
        });
    }

    /** Loses the next submissions on the way: the outcome is uncertain, and nothing arrives. */
    public synchronized FakeProvider loseRequests(Times times) {
        return arrange(times, submission -> new Outcome.Uncertain("answer lost", 0));
    }

    /** Accepts the next submissions and then stays silent: handed to the carrier, no receipt ever comes. */
    public synchronized FakeProvider loseReceipts(Times times) {
        return arrange(times, submission -> accept(submission, AttemptStatus.SENT, 0));
    }

    /** What checks of the account find from now on; only an active account takes messages. */
    public synchronized FakeProvider account(AccountCheck.State state) {
        check = new AccountCheck(state, "the fake account is " + state);
        return this;
    }

    private FakeProvider arrange(Times times, Function<Submission, Outcome> what) {
        script.addAll(Collections.nCopies(times.count(), what));
        return this;
    }

    @Override
    public synchronized Outcome send(Submission submission) {
        submissions++;
        if (check.state() == AccountCheck.State.REJECTED) {
            return new Outcome.Rejected(20003);
        }
        if (check.state() == AccountCheck.State.UNREACHABLE) {
            return new Outcome.Unsent("connection refused");
        }
        if (check.state() == AccountCheck.State.SUSPENDED) {
            return new Outcome.Rejected(20005);
        }
        Function<Submission, Outcome> arranged = script.poll();
        return arranged == null ? accept(submission, AttemptStatus.DELIVERED, 0) : arranged.apply(submission);
    }

    private Outcome accept(Submission submission, AttemptStatus end, int errorCode) {
        String sid = "SM%032x".formatted(carried.size() + 1);
        Carried message = new Carried(sid, submission, time.instant(), end, errorCode);
        carried.put(sid, message);
        news.add(message);
        return new Outcome.Accepted(sid, AttemptStatus.QUEUED);
    }

    /** How many submissions there were, whatever came of them. */
    public synchronized int submissions() {
        return submissions;
    }

    /** What it took in, oldest first. */
    synchronized List<Carried> carried() {
        return List.copyOf(carried.values());
    }

    /** The next message whose end nobody was told yet. */
    synchronized @Nullable Carried pollNews() {
        return news.poll();
    }

    @Override
    public synchronized Answer<ProviderMessage> fetch(String sid) {
        Carried message = carried.get(sid);
        return message == null ? new Answer.Missing<>() : new Answer.Found<>(message.view());
    }

    @Override
    public synchronized Answer<List<ProviderMessage>> list(ListQuery query) {
        List<ProviderMessage> found = new ArrayList<>();
        List<Carried> newestFirst = new ArrayList<>(carried.values());
        Collections.reverse(newestFirst);
        for (Carried message : newestFirst) {
            if (found.size() < query.limit()
                    && message.submission().to().equals(query.to())
                    && !message.at().isBefore(query.createdFrom())) {
                found.add(message.view());
            }
        }
        return new Answer.Found<>(found);
    }

    @Override
    public synchronized Answer<Page> sent(Instant from, @Nullable String page) {
        List<ProviderMessage> found = new ArrayList<>();
        for (Carried message : carried.values()) {
            if (!message.at().isBefore(from)) {
                found.add(0, message.view());
            }
        }
        return new Answer.Found<>(new Page(found, null));
    }

    /** Messages are delivered at once, so there is never anything to cancel. */
    @Override
    public Answer<ProviderMessage> cancel(String sid) {
        return new Answer.Missing<>();
    }

    @Override
    public synchronized AccountCheck check() {
        return check;
    }

    /** Missing until {@link #balance(Money)} sets one. */
    @Override
    public synchronized Answer<Money> balance() {
        return balance == null ? new Answer.Missing<>() : new Answer.Found<>(balance);
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void close() {}
}
