package io.tidings.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the table of error codes as a page of the documentation. */
final class ErrorCodesPage {
    static final String COMMAND = "mvn -q -pl messaging-core test-compile exec:java -Dexec.classpathScope=test"
            + " -Dexec.mainClass=io.tidings.retry.ErrorCodesPageMain";

    private static final String HEAD = """
            # Error codes

            What Tidings does when Twilio reports an error code, in the answer to a request or in a later callback.

            <!-- Generated from messaging-core/src/main/resources/io/tidings/retry/error-codes.csv. Change the table, then run:
                 %s -->

            Every row is data. A host replaces one with
            `RetryPolicy.defaults().withCodes(ErrorCodes.standard().with(row))`.
            A code that is not listed is never retried: its message is parked as DEAD with its reason, and an operator decides.

            | class | meaning | what follows a refusal or `failed` |
            | --- | --- | --- |
            | RETRY | passes by itself within seconds | tried again after a backoff of seconds, within the category's attempts |
            | RETRY_LATER | may pass within minutes | tried again after minutes, within the category's attempts |
            | WAIT | works again at a known time | tried again then, within the category's attempts |
            | AMBIGUOUS | may have been sent | held until evidence decides; never sent again by itself |
            | OTHER_ROUTE | another sender, channel or template could work | FAILED |
            | CONFIGURATION | somebody must change something first | DEAD, can be replayed; or a pause, see below |
            | PERMANENT | will never work for this recipient or content | FAILED |
            | NOTICE | nothing failed | nothing; DEAD if a message failed with it |

            *Pause*: the fault is not the message's. The sender or the whole account stands still, and the message waits without
            using up an attempt. *Opt-out*: the recipient goes on the opt-out list. *Resend*: a message that the carrier or the
            handset refused (`undelivered`) may go out again, if its category allows it too (OTP, ALERT, TRANSACTIONAL); without it,
            it ends as UNDELIVERED.
            """;

    private ErrorCodesPage() {}

    static String render(ErrorCodes codes) {
        StringBuilder page = new StringBuilder(HEAD.formatted(COMMAND));
        for (ErrorCode.Family family : ErrorCode.Family.values()) {
            List<ErrorCode> rows =
                    codes.all().stream().filter(row -> row.family() == family).toList();
            if (!rows.isEmpty()) {
                page.append("\n## ").append(family.title()).append("\n\n");
                page.append("| code | class | waits | pauses | opt-out | resend | what happened | what to do |\n");
                page.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
                runs(rows).forEach(run -> page.append(line(run)));
            }
        }
        return page.toString();
    }

    /** Neighbours that say the same share a line. */
    private static List<List<ErrorCode>> runs(List<ErrorCode> rows) {
        List<List<ErrorCode>> runs = new ArrayList<>();
        for (ErrorCode row : rows) {
            List<ErrorCode> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            if (!last.isEmpty() && continues(last.get(last.size() - 1), row)) {
                last.add(row);
            } else {
                runs.add(new ArrayList<>(List.of(row)));
            }
        }
        return runs;
    }

    private static boolean continues(ErrorCode before, ErrorCode row) {
        return row.code() == before.code() + 1
                && row.handling().equals(before.handling())
                && row.explanation().equals(before.explanation())
                && row.advice().equals(before.advice());
    }

    private static String line(List<ErrorCode> run) {
        ErrorCode row = run.get(0);
        int last = run.get(run.size() - 1).code();
        String anchors = IntStream.rangeClosed(row.code(), last)
                .mapToObj(code -> "<a id=\"" + code + "\"></a>")
                .collect(Collectors.joining());
        Handling handling = row.handling();
        return "| "
                + String.join(
                        " | ",
                        anchors + (run.size() == 1 ? "" + last : row.code() + "–" + last),
                        row.kind().name(),
                        words(handling.leastWait()),
                        handling.pause() == Pause.Scope.NONE
                                ? ""
                                : handling.pause().name().toLowerCase(Locale.ROOT),
                        handling.suppressRecipient() ? "yes" : "",
                        handling.resendUndelivered() ? "yes" : "",
                        row.explanation(),
                        row.advice())
                + " |\n";
    }

    private static String words(WaitRule rule) {
        if (rule instanceof WaitRule.NextMidnight midnight) {
            return "until midnight, " + midnight.zone();
        }
        Duration wait = ((WaitRule.After) rule).atLeast();
        if (wait.isZero()) {
            return "";
        }
        if (wait.toSeconds() < 60) {
            return wait.toSeconds() + " s";
        }
        return wait.toMinutes() < 60 ? wait.toMinutes() + " min" : wait.toHours() + " h";
    }
}
