package io.tidings.test;

import io.tidings.Tidings;
import io.tidings.message.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The fake as the other side: what it delivers is told at once, through the real webhooks. */
final class FakeSide implements OtherSide {
    private static final Duration A_LIFETIME = Duration.ofDays(36_500);

    private final FakeProvider provider;
    private final Secret token;

    FakeSide(FakeProvider provider, Secret token) {
        this.provider = provider;
        this.token = token;
    }

    @Override
    public boolean tellNews(Tidings tidings) {
        boolean told = false;
        for (Carried message = provider.pollNews(); message != null; message = provider.pollNews()) {
            URI callback = message.submission().callback();
            if (callback != null) {
                tell(tidings, callback, message);
                told = true;
            }
        }
        return told;
    }

    private void tell(Tidings tidings, URI callback, Carried message) {
        SignedWebhook request = SignedWebhook.status(
                callback, message.sid(), message.end().name().toLowerCase(Locale.ROOT));
        if (message.errorCode() > 0) {
            request.with("ErrorCode", String.valueOf(message.errorCode()));
        }
        int status = tidings.webhooks().handle(request.sign(token)).status();
        if (status != 204) {
            throw new IllegalStateException("a status callback was answered with " + status
                    + "; leave publicUrl(...) to the kit, which signs what it sends");
        }
    }

    /** It only acts when it is called. */
    @Override
    public Duration longestStep() {
        return A_LIFETIME;
    }

    @Override
    public void advance(Duration step) {}

    @Override
    public List<Sent> sent(Tidings tidings) {
        return provider.carried().stream()
                .map(message -> new Sent(
                        message.submission().to(),
                        message.submission().content().body().text(),
                        tidings.find(message.submission().attempt().message()).orElse(null)))
                .toList();
    }

    @Override
    public void close() {}
}
