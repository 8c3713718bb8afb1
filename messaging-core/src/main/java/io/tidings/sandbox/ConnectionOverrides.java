package io.tidings.sandbox;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's connection overrides, read from the fragment of a webhook URL: {@code #rc=3&rp=ct,rt&ct=2000&rt=5000&tt=9000}.
 * A value that is missing or out of its range leaves Twilio's default: one retry, only after a failed connect.
 *
 * @param retries how often to try again
 * @param retryOn which failures: {@code 4xx 5xx ct rt all}
 * @param connect longest wait for the connection
 * @param read longest wait for each part of the answer
 * @param total longest time for all tries
 */
record ConnectionOverrides(int retries, Set<String> retryOn, Duration connect, Duration read, Duration total) {
    private static final Set<String> FAILURES = Set.of("4xx", "5xx", "ct", "rt", "all");

    static ConnectionOverrides of(@Nullable String fragment) {
        Map<String, List<String>> given = Forms.parse(fragment);
        return new ConnectionOverrides(
                number(given, "rc", 0, 5, 1),
                failures(given),
                Duration.ofMillis(number(given, "ct", 100, 10_000, 5_000)),
                Duration.ofMillis(number(given, "rt", 100, 15_000, 15_000)),
                Duration.ofMillis(number(given, "tt", 100, 15_000, 15_000)));
    }

    boolean retriesAfter(LogEntry.Reply reply) {
        if (reply.problem() == null && reply.status() < 400) {
            return false;
        }
        return retryOn.contains("all") || retryOn.contains(kind(reply));
    }

    private static String kind(LogEntry.Reply reply) {
        if (reply.problem() == null) {
            return reply.status() < 500 ? "4xx" : "5xx";
        }
        return switch (reply.problem()) {
            case CallbackWire.CONNECT -> "ct";
            case CallbackWire.READ -> "rt";
            default -> "other";
        };
    }

    private static Set<String> failures(Map<String, List<String>> given) {
        if (!given.containsKey("rp")) {
            return Set.of("ct");
        }
        Set<String> wanted = new HashSet<>(
                List.of(given.get("rp").get(0).toLowerCase(Locale.ROOT).split(",", -1)));
        return FAILURES.containsAll(wanted) ? wanted : Set.of("ct");
    }

    private static int number(Map<String, List<String>> given, String key, int least, int most, int usual) {
        try {
            int value = Integer.parseInt(given.getOrDefault(key, List.of("")).get(0));
            return value >= least && value <= most ? value : usual;
        } catch (NumberFormatException e) {
            return usual;
        }
    }
}
