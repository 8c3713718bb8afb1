package io.tidings.spring.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a flood of callbacks was answered, in the order in which answers came. */
record Answers(List<Answer> all) {

    /**
     * An answer.
     *
     * @param number which callback
     * @param tries which try of it, from 1
     * @param status of HTTP, 0 for none
     * @param due when this try was due, in microseconds since the flood began
     * @param took until the answer, in microseconds from when it was due
     */
    record Answer(int number, int tries, int status, long due, long took) {
        long ended() {
            return due + took;
        }
    }

    static void write(Path file, Collection<Answer> answers) {
        try {
            Files.write(
                    file,
                    answers.stream()
                            .map(each -> each.number() + " " + each.tries() + " " + each.status() + " " + each.due()
                                    + " " + each.took())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the answers cannot be written down", e);
        }
    }

    static Answers read(Path file) {
        try {
            return new Answers(
                    Files.readAllLines(file).stream().map(Answers::parse).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the answers cannot be read", e);
        }
    }

    private static Answer parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Answer(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }

    Answers where(Predicate<Answer> wanted) {
        return new Answers(all.stream().filter(wanted).toList());
    }

    /** From the callback with this number on. */
    Answers from(int number) {
        return where(each -> each.number() >= number);
    }

    /** Those that were due and over before, or due after, a stall of the database. */
    Answers outside(long fromMicros, long untilMicros) {
        return where(each -> each.ended() < fromMicros || each.due() > untilMicros);
    }

    /** Those that were under way at some time of it. */
    Answers within(long fromMicros, long untilMicros) {
        return where(each -> each.ended() >= fromMicros && each.due() <= untilMicros);
    }

    /** How long it took from then on until one was answered with 204, in microseconds; nothing if none was. */
    OptionalLong taken(long sinceMicros) {
        return all.stream()
                .filter(each -> each.status() == 204 && each.ended() >= sinceMicros)
                .mapToLong(each -> each.ended() - sinceMicros)
                .min();
    }

    /** How long this share of them took at most; 1 is all of them. */
    Duration quantile(double share) {
        long[] sorted = all.stream().mapToLong(Answer::took).sorted().toArray();
        int at = Math.min(sorted.length - 1, (int) (sorted.length * share));
        return Duration.ofNanos(sorted.length == 0 ? 0 : 1_000 * sorted[at]);
    }

    Map<Integer, Long> statuses() {
        Map<Integer, Long> counts = new TreeMap<>();
        all.forEach(each -> counts.merge(each.status(), 1L, Long::sum));
        return counts;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s p50 %.1f ms, p99 %.1f ms, slowest %.1f ms",
                statuses(),
                millis(0.5),
                millis(0.99),
                millis(1));
    }

    private double millis(double share) {
        return quantile(share).toNanos() / 1e6;
    }
}
