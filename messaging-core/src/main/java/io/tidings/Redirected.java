package io.tidings;

import io.tidings.message.PhoneNumber;
import io.tidings.provider.Answer;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.util.List;

/**
 * Hands every message to one number instead of its recipient: what a copy of production may do with a live account. It
 * can do nothing in addition, since what a live account lists is production's.
 */
final class Redirected extends ForwardingProvider {
    private final PhoneNumber to;

    Redirected(Provider provider, PhoneNumber to) {
        super(provider);
        this.to = to;
    }

    @Override
    public Outcome send(Submission submission) {
        return super.send(submission.withTo(to));
    }

    @Override
    public Answer<List<ProviderMessage>> list(ListQuery query) {
        return super.list(new ListQuery(to, query.createdFrom(), query.limit()));
    }
}
