package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.SandboxLog;
import io.tidings.test.SteppableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How long the provider is asked to hold a message at most, as the sandbox saw it. */
class ValidityPeriodIT {
    private static final String NONE = "none";
    /** Noon in Washington, so that marketing is not quiet. */
    private final SteppableTime time = new SteppableTime(Instant.parse("2026-03-03T17:00:00Z"));

    /** Sends one message of each category, and tells what the sandbox was asked for. */
    private Map<Category, String> asked(Duration timeToLive) {
        Map<Category, String> asked = new EnumMap<>(Category.class);
        try (Scene scene = Scene.of(1)
                .stepped(time)
                .withoutCallbacks()
                .tidings(settings -> settings.executor(Runnable::run))
                .start()) {
            Ledger ledger = new Ledger(scene.tidings);
            for (Category category : Category.values()) {
                OutboundMessage.Builder message = ledger.message(1).category(category);
                scene.tidings.send(
                        timeToLive.isZero()
                                ? message.build()
                                : message.expiresAfter(timeToLive).build());
                time.forward(Duration.ofMillis(100));
                scene.tidings.runDue();
                time.forward(Duration.ofMillis(1900));
                asked.put(category, validity(scene.sandbox.log(), asked.size() + 1));
            }
        }
        return asked;
    }

    private static String validity(SandboxLog log, int message) {
        List<LogEntry.Request> created = log.acceptedContaining("T%07d".formatted(message));
        assertThat(created).hasSize(1);
        LogEntry.Create create = Objects.requireNonNull(created.get(0).create());
        return create.validity() == null ? NONE : create.validity();
    }

    @Test
    void without_a_time_to_live_a_code_is_valid_as_long_as_codes_live_and_the_rest_as_the_horizon_demands() {
        assertThat(asked(Duration.ZERO))
                .isEqualTo(Map.of(
                        Category.OTP, "300",
                        Category.ALERT, NONE,
                        Category.TRANSACTIONAL, "1740",
                        Category.MARKETING, NONE,
                        Category.CONVERSATION, "60"));
    }

    @Test
    void what_is_left_of_a_time_to_live_bounds_every_category() {
        assertThat(asked(Duration.ofMinutes(2)))
                .isEqualTo(Map.of(
                        Category.OTP, "119",
                        Category.ALERT, "119",
                        Category.TRANSACTIONAL, "119",
                        Category.MARKETING, "119",
                        Category.CONVERSATION, "60"));
    }
}
