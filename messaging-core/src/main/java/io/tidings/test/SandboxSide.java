package io.tidings.test;

import io.tidings.Tidings;
import io.tidings.message.PhoneNumber;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.Sandbox;
import io.tidings.webhook.LocalWebhooks;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A sandbox as the other side, over real sockets on the loopback address. */
final class SandboxSide implements OtherSide {
    private final Sandbox sandbox;
    private final LocalWebhooks webhooks;
    private final Recorder recorder;
    private int told;

    SandboxSide(Sandbox sandbox, LocalWebhooks webhooks, Recorder recorder) {
        this.sandbox = sandbox;
        this.webhooks = webhooks;
        this.recorder = recorder;
    }

    @Override
    public boolean tellNews(Tidings tidings) {
        sandbox.advance(Duration.ZERO);
        int before = told;
        told = sandbox.log().callbacks().size();
        return told > before;
    }

    @Override
    public Duration longestStep() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void advance(Duration step) {
        sandbox.advance(step);
    }

    @Override
    public List<Sent> sent(Tidings tidings) {
        return sandbox.log().accepted().stream()
                .map(request -> sent(tidings, Objects.requireNonNull(request.create(), "an accepted one creates")))
                .toList();
    }

    private Sent sent(Tidings tidings, LogEntry.Create create) {
        String to = Objects.requireNonNull(create.to(), "an accepted one has a recipient");
        String text = Objects.requireNonNullElse(create.body(), "");
        return new Sent(
                new PhoneNumber(to),
                text,
                recorder.saying(to, text).flatMap(tidings::find).orElse(null));
    }

    @Override
    public void close() {
        webhooks.close();
        sandbox.close();
    }
}
