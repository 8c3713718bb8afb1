package io.tidings.gate;

import io.tidings.message.Category;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the host's own check is asked.
 *
 * @param check what is asked
 * @param categories whose messages it is asked about; default all
 * @param answerWithin how long an answer may take; default 5 s. A later one does not count
 * @param freshFor how long a pass holds while the message waits for permits; default 10 s, then it is asked again
 * @param holdFor how long a message is held back whose check threw or did not answer; default 30 s
 */
public record CheckRule(
        SendCheck check, Set<Category> categories, Duration answerWithin, Duration freshFor, Duration holdFor) {
    /** The name under which its decisions are recorded. */
    public static final String NAME = "host-check";

    /** Copies the set and checks the times. */
    public CheckRule {
        categories = Set.copyOf(categories);
        for (Duration each : new Duration[] {answerWithin, freshFor, holdFor}) {
            if (each.isNegative() || each.isZero()) {
                throw new IllegalArgumentException("the times of a check must be longer than zero, got " + each);
            }
        }
    }

    /** The check with the defaults named above. */
    public static CheckRule of(SendCheck check) {
        return new CheckRule(
                check,
                EnumSet.allOf(Category.class),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    /** The same, asked about these categories only. */
    public CheckRule withCategories(Set<Category> asked) {
        return new CheckRule(check, asked, answerWithin, freshFor, holdFor);
    }

    /** The same with other times. */
    public CheckRule withTimes(Duration answer, Duration fresh, Duration hold) {
        return new CheckRule(check, categories, answer, fresh, hold);
    }
}
