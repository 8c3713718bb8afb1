package io.tidings.examples.quickstart;

import io.tidings.audit.AuditVerdict;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Failure;
import io.tidings.message.Money;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.Explanation.Story;
import io.tidings.sandbox.Mishap;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
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
            AuditVerdict audit,
            Duration took) {}

    void table(Figures figures) {
        Verdict.Fates fates = figures.verdict().fates();
        out.println();
        row("rows in the list", figures.rows(), "");
        row("  rejected", figures.rejected().size(), "");
        rejected(figures.rejected());
        row("  repeated", figures.repeated(), "the order has its text already: the same number in another form");
        row("  messages", figures.messages().size(), "");
        row("refused by a gate", fates.refused(), "");
        reasons(figures.messages(), Fate.REFUSED);
        row("accepted", fates.accepted(), "");
        row("  delivered", fates.delivered(), retried(figures.messages()));
        row("  failed", fates.failed(), "");
        reasons(figures.messages(), Fate.FAILED);
        row("  given up", fates.givenUp(), fates.stuck() == 0 ? "" : fates.stuck() + " of them are STUCK");
        reasons(figures.messages(), Fate.GIVEN_UP);
        money(figures);
        mishaps(figures.truth());
        truth(figures.truth());
        out.printf("%-38s %6s   %s%n", "audit trail, verified from its export", "", figures.audit());
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

    private void mishaps(GroundTruth truth) {
        if (truth.mishaps().isEmpty()) {
            return;
        }
        row(
                "mishaps of the carrier",
                truth.mishaps().values().stream().mapToInt(Integer::intValue).sum(),
                "");
        truth.mishaps().forEach((mishap, count) -> row("", count, words(mishap)));
        row("  texts taken in, their answers lost", truth.untold(), "");
    }

    private static String words(Mishap mishap) {
        return mishap.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void truth(GroundTruth truth) {
        out.println("by the carrier's own log, by the order number in each text:");
        row(
                "  sent again after a refusal",
                truth.policyDuplicates(Copies.Reason.REFUSED_BEFORE),
                "the carrier had ended the copy before");
        row(
                "  sent again without evidence",
                truth.policyDuplicates(Copies.Reason.UNKNOWN_BEFORE),
                "nothing told by the horizon that the copy before existed");
        row("  duplicates", truth.duplicates(), "");
        row("  lost", truth.lost(), "");
        row("  contradictions", truth.contradictions().size(), "to what Tidings says about a message");
    }

    /** Each message that was given up or sent more than once, with the reason, and each contradiction. */
    void oneByOne(List<SentRow> rows, GroundTruth truth) {
        List<String> lines = new ArrayList<>();
        for (SentRow row : rows) {
            int copies = truth.copies().getOrDefault(row.order(), 0);
            if (row.fate() == Fate.GIVEN_UP) {
                lines.add(line("given up", row) + givenUp(row, copies));
            }
            List<Copies.Reason> chosen = truth.chosen().getOrDefault(row.order(), List.of());
            for (int i = 0; i < chosen.size(); i++) {
                lines.add(line("policy duplicate", row) + "copy " + (i + 2) + ", " + why(chosen.get(i), row));
            }
        }
        if (!lines.isEmpty()) {
            out.println();
            out.println("One by one:");
            lines.stream().sorted().forEach(out::println);
        }
        rows.stream()
                .filter(row -> truth.contradictions().contains(row.order()))
                .forEach(row -> out.println("\nCONTRADICTION to the carrier's log, order " + row.order() + "\n"
                        + row.story().text()));
    }

    private static String line(String what, SentRow row) {
        return String.format("  %-17s %-9s %s  ", what, row.order(), row.view().id());
    }

    private static String why(Copies.Reason reason, SentRow row) {
        return switch (reason) {
            case REFUSED_BEFORE -> "the copy before was refused: " + codes(row);
            case UNKNOWN_BEFORE -> "nothing told of the copy before by the horizon: " + doubts(row);
        };
    }

    private static String codes(SentRow row) {
        return row.story().attempts().stream()
                .map(Story::attempt)
                .filter(attempt ->
                        attempt.status() == AttemptStatus.UNDELIVERED || attempt.status() == AttemptStatus.FAILED)
                .map(attempt -> "attempt " + attempt.id().number() + " error " + attempt.errorCode())
                .collect(Collectors.joining(", "));
    }

    private static String doubts(SentRow row) {
        return row.story().attempts().stream()
                .flatMap(story -> story.doubt().stream()
                        .filter(doubt -> story.attempt().status() == AttemptStatus.UNCERTAIN)
                        .map(doubt -> "attempt " + story.attempt().id().number() + " " + doubt.cause()))
                .collect(Collectors.joining(", "));
    }

    private static String givenUp(SentRow row, int copies) {
        String doubts = doubts(row);
        return (doubts.isEmpty() ? reason(row) : "no evidence of: " + doubts) + "; by the carrier's log "
                + (copies == 1 ? "1 copy exists" : copies + " copies exist");
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
