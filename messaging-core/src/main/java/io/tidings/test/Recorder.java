package io.tidings.test;

import io.tidings.message.MessageId;
import io.tidings.message.Money;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Passes everything on to a provider, and remembers which message of ours each submission came from. */
final class Recorder implements Provider {
    private final Provider provider;
    /** Guarded by this. */
    private final List<Submission> submissions = new ArrayList<>();

    Recorder(Provider provider) {
        this.provider = provider;
    }

    @Override
    public Outcome send(Submission submission) {
        synchronized (this) {
            submissions.add(submission);
        }
        return provider.send(submission);
    }

    /** Ours that says this to this number; of several, which are equal for everybody, any. */
    synchronized Optional<MessageId> saying(String to, String text) {
        return submissions.stream()
                .filter(each -> each.to().e164().equals(to)
                        && each.content().body().text().equals(text))
                .map(each -> each.attempt().message())
                .findFirst();
    }

    @Override
    public Answer<ProviderMessage> fetch(String sid) {
        return provider.fetch(sid);
    }

    @Override
    public Answer<List<ProviderMessage>> list(ListQuery query) {
        return provider.list(query);
    }

    @Override
    public Answer<ProviderMessage> cancel(String sid) {
        return provider.cancel(sid);
    }

    @Override
    public AccountCheck check() {
        return provider.check();
    }

    @Override
    public Answer<Money> balance() {
        return provider.balance();
    }

    @Override
    public boolean isLive() {
        return provider.isLive();
    }

    @Override
    public void close() {
        provider.close();
    }
}
