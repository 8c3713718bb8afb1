package io.tidings.spring.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidings.message.Content;
import io.tidings.message.Segments;
import io.tidings.provider.Submission;
import java.util.Locale;

/** Counts the segments that the provider accepted, by channel: what a text costs goes by them. */
final class SegmentCounter {
    private final MeterRegistry registry;

    SegmentCounter(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Submission accepted) {
        int segments = accepted.content() instanceof Content.Text text
                ? Segments.of(text.body().text()).count()
                : 1;
        Counter.builder("tidings.segments")
                .description("Segments that the provider accepted; a media message counts as one")
                .tag("channel", accepted.channel().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment(segments);
    }
}
