package io.tidings.torture;

import io.tidings.message.Money;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A provider whose every call fails in the worst way: with what it was given in the words of the exception. */
final class BrokenProvider implements Provider {
    /** The callback addresses it was given. */
    final Queue<URI> callbacks = new ConcurrentLinkedQueue<>();

    static IllegalStateException leaky() {
        IllegalStateException thrown = new IllegalStateException(
                "Key (phone)=(+1" + Canary.NUMBER + ") is bad", new IllegalArgumentException(Canary.BODY));
        thrown.addSuppressed(new IllegalStateException(Canary.TOKEN));
        return thrown;
    }

    @Override
    public Outcome send(Submission submission) {
        if (submission.callback() != null) {
            callbacks.add(submission.callback());
        }
        throw leaky();
    }

    @Override
    public Answer<ProviderMessage> fetch(String sid) {
        throw leaky();
    }

    @Override
    public Answer<List<ProviderMessage>> list(ListQuery query) {
        throw leaky();
    }

    @Override
    public Answer<ProviderMessage> cancel(String sid) {
        throw leaky();
    }

    @Override
    public AccountCheck check() {
        throw leaky();
    }

    @Override
    public Answer<Money> balance() {
        throw leaky();
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void close() {}
}
