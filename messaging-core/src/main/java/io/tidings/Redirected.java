package io.tidings;

import io.tidings.message.Money;
import io.tidings.message.PhoneNumber;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.util.List;

/** Hands every message to one number instead of its recipient: what a copy of production may do with a live account. */
final class Redirected implements Provider {
    private final Provider provider;
    private final PhoneNumber to;

    Redirected(Provider provider, PhoneNumber to) {
        this.provider = provider;
        this.to = to;
    }

    @Override
    public Outcome send(Submission submission) {
        return provider.send(new Submission(
                submission.attempt(),
                submission.from(),
                to,
                submission.content(),
                submission.callback(),
                submission.validity(),
                submission.channel()));
    }

    @Override
    public Answer<ProviderMessage> fetch(String sid) {
        return provider.fetch(sid);
    }

    @Override
    public Answer<List<ProviderMessage>> list(ListQuery query) {
        return provider.list(new ListQuery(to, query.createdFrom(), query.limit()));
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
