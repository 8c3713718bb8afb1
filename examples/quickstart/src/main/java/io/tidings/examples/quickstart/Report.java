package io.tidings.examples.quickstart;

import io.tidings.message.Failure;
import io.tidings.message.Money;
import io.tidings.outbox.Explanation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what became of a list. */
final class Report {
    private static final int LINES_NAMED = 5;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** All that is told. */
    record Figures(
            int rows,
            List<RejectedRow> rejected,
            int repeated,
            List<SentRow> messages,
            GroundTruth truth,
            Verdict verdict,
            Duration took) {}

    void table(Figures figures) {
        Verdict verdict = figures.verdict();
        out.println();
        row("rows in the list", figures.rows(), "");
        row("  rejected", figures.rejected().size(), "");
        rejected(figures.rejected());
        row("  repeated", figures.repeated(), "the order has its text already: the same number in another form");
        row("  messages", figures.messages().size(), "");
        row("refused by a gate", verdict.refused(), "");
        reasons(figures.messages(), Fate.REFUSED);
        row("accepted", verdict.accepted(), "");
        row("  delivered", verdict.delivered(), retried(figures.messages()));
        row("  failed", verdict.failed(), "");
        reasons(figures.messages(), Fate.FAILED);
        row("  given up", verdict.givenUp(), verdict.stuck() == 0 ? "" : verdict.stuck() + " of them are STUCK");
        reasons(figures.messages(), Fate.GIVEN_UP);
        money(figures);
        truth(verdict);
        double seconds = figures.took().toMillis() / 1000.0;
        out.printf(
                Locale.ROOT, "%-38s %6.1f   seconds from the first send() to the last final state%n", "time", seconds);
    }

    private void rejected(List<RejectedRow> rows) {
        Map<RejectedRow.Kind, List<RejectedRow>> kinds =
                rows.stream().collect(Collectors.groupingBy(RejectedRow::kind, TreeMap::new, Collectors.toList()));
        kinds.forEach((kind, each) -> {
            String lines = each.stream()
                    .sorted(Comparator.comparingLong(RejectedRow::line))
                    .limit(LINES_NAMED)
                    .map(row -> Long.toString(row.line()))
                    .collect(Collectors.joining(", "));
            String more = each.size() > LINES_NAMED ? ", ..." : "";
            row(
                    "    " + kind.words(),
                    each.size(),
                    "line " + lines + more + ": " + shorter(each.get(0).reason(), 60));
        });
    }

    private void reasons(List<SentRow> messages, Fate fate) {
        messages.stream()
                .filter(message -> message.fate() == fate)
                .collect(Collectors.groupingBy(Report::reason, TreeMap::new, Collectors.counting()))
                .forEach((reason, count) -> row("", count, reason));
    }

    private static String reason(SentRow message) {
        Failure failure = message.view().failure();
        if (failure == null) {
            return "still " + message.view().status() + " at the end";
        }
        return failure.code() == 0 ? failure.explanation() : failure.code() + " " + failure.explanation();
    }

    private static String retried(List<SentRow> messages) {
        long later = messages.stream()
                .filter(message -> message.fate() == Fate.DELIVERED
                        && message.view().tries().attempts() > 1)
                .count();
        return later == 0 ? "" : later + " of them with the second or third attempt";
    }

    private void money(Figures figures) {
        row("segments", figures.truth().segments(), "accepted by the carrier, all attempts together");
        Money sum = null;
        int unknown = 0;
        for (SentRow message : figures.messages()) {
            int copies = figures.truth().copies().getOrDefault(message.order(), 0);
            if (copies > 0 && message.cost() != null) {
                sum = add(sum, message.cost().times(copies));
            } else if (copies > 0) {
                unknown++;
            }
        }
        String words = (sum == null ? "unknown" : sum) + ", by INVENTED prices"
                + (unknown == 0 ? "" : "; unknown for " + unknown + " messages");
        out.printf("%-38s %6s   %s%n", "cost", "", words);
    }

    private static Money add(@Nullable Money sum, Money more) {
        return sum == null ? more : sum.plus(more);
    }

    private void truth(Verdict verdict) {
        out.println("by the carrier's own log, by the order number in each text:");
        row("  sent again", verdict.policyDuplicates(), "after the carrier had refused the copy before");
        row("  duplicates", verdict.duplicates(), "");
        row("  lost", verdict.lost(), "");
        row("  contradictions", verdict.contradictions(), "to what Tidings says about a message");
    }

    /** One message step by step. */
    void story(Explanation story) {
        out.println();
        out.println("One of them, step by step:");
        story.text().lines().map(line -> shorter(line, 150)).forEach(out::println);
    }

    private void row(String name, long figure, String words) {
        String line = String.format(Locale.ROOT, "%-38s %6d   %s", name, figure, words);
        out.println(line.stripTrailing());
    }

    private static String shorter(String text, int most) {
        return text.length() > most ? text.substring(0, most - 3) + "..." : text;
    }
}
