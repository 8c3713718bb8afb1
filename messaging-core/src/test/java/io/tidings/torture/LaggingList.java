package io.tidings.torture;

import io.tidings.message.Money;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A provider whose list shows a message only some time after it was taken in. */
record LaggingList(Provider provider, Duration lag) implements Provider {
    @Override
    public Answer<List<ProviderMessage>> list(ListQuery query) {
        Answer<List<ProviderMessage>> answer = provider.list(query);
        Instant newest = Instant.now().minus(lag);
        return answer instanceof Answer.Found<List<ProviderMessage>> found
                ? new Answer.Found<>(found.value().stream()
                        .filter(message -> message.createdAt().isBefore(newest))
                        .toList())
                : answer;
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
