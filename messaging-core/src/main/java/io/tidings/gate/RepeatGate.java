package io.tidings.gate;

import io.tidings.message.Category;
import io.tidings.message.PlainDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Refuses the same text to the same number within a window, for the categories where a repetition is a mistake. Codes,
 * alerts and conversation are free to repeat themselves; a message can opt out with {@code allowRepeat}.
 */
public final class RepeatGate implements Gate {
    private static final Decision ALLOWED = new Decision.Pass("repeating this message is allowed", Map.of());

    private final Duration window;
    private final Set<Category> categories;
    private final Decision isNew;

    /** Watches transactional and marketing messages. */
    public RepeatGate(Duration window) {
        this(window, Set.of(Category.TRANSACTIONAL, Category.MARKETING));
    }

    /** Watches the given categories. */
    public RepeatGate(Duration window, Set<Category> categories) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("the repeat window must not be negative, got " + window);
        }
        this.window = window;
        this.categories = Set.copyOf(categories);
        this.isNew = new Decision.Pass(
                "this text did not go to this number within the window", Map.of("window", PlainDuration.of(window)));
    }

    @Override
    public String name() {
        return "repeat";
    }

    @Override
    public Decision check(GateRequest request) {
        Instant before = request.facts().sameTextAt();
        if (!categories.contains(request.message().category())
                || request.message().options().allowRepeat()) {
            return ALLOWED;
        }
        if (before == null || !before.plus(window).isAfter(request.now())) {
            return isNew;
        }
        return new Decision.Refuse(
                "the same text went to the same number within the window",
                Map.of("window", PlainDuration.of(window), "previous", before.toString()));
    }
}
