package io.tidings.provider;

import io.tidings.message.Money;
import java.util.List;

/**
 * A provider that stands around another one and passes everything on, to be changed where it should do something else.
 * What the other one {@linkplain Provider#can can in addition} is not passed on by itself: whether lists of a whole account
 * fit to what was changed is for each to say. Safe for use by many threads if the other one is.
 */
public abstract class ForwardingProvider implements Provider {
    private final Provider provider;

    /** Around this one. */
    protected ForwardingProvider(Provider provider) {
        this.provider = provider;
    }

    /** Returns the one that it stands around. */
    protected final Provider provider() {
        return provider;
    }

    @Override
    public Outcome send(Submission submission) {
        return provider.send(submission);
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
