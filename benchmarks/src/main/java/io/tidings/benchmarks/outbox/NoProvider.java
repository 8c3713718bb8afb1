package io.tidings.benchmarks.outbox;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Money;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Takes every message at once and sends none: what is left is the cost of storing. */
final class NoProvider implements Provider {
    private static final AtomicLong SIDS = new AtomicLong();

    private final Consumer<Submission> listener;

    /** Tells of every submission before it is answered. */
    NoProvider(Consumer<Submission> listener) {
        this.listener = listener;
    }

    @Override
    public Outcome send(Submission submission) {
        listener.accept(submission);
        return new Outcome.Accepted(
                String.format(Locale.ROOT, "SM%032x", SIDS.incrementAndGet()), AttemptStatus.QUEUED);
    }

    @Override
    public Answer<ProviderMessage> fetch(String sid) {
        return new Answer.Missing<>();
    }

    @Override
    public Answer<List<ProviderMessage>> list(ListQuery query) {
        return new Answer.Missing<>();
    }

    @Override
    public Answer<ProviderMessage> cancel(String sid) {
        return new Answer.Missing<>();
    }

    @Override
    public AccountCheck check() {
        return new AccountCheck(AccountCheck.State.ACTIVE, "always");
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
