package io.tidings.test;

import io.tidings.message.MessageId;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Passes everything on to a provider, and remembers which message of ours each submission came from. */
final class Recorder extends ForwardingProvider {
    /** Guarded by this. */
    private final List<Submission> submissions = new ArrayList<>();

    Recorder(Provider provider) {
        super(provider);
    }

    @Override
    public Outcome send(Submission submission) {
        synchronized (this) {
            submissions.add(submission);
        }
        return super.send(submission);
    }

    /** Ours that says this to this number; of several, which are equal for everybody, any. */
    synchronized Optional<MessageId> saying(String to, String text) {
        return submissions.stream()
                .filter(each -> each.to().e164().equals(to)
                        && each.content().body().text().equals(text))
                .map(each -> each.attempt().message())
                .findFirst();
    }
}
