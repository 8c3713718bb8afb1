package io.tidings.outbox;

import io.tidings.gate.GateRecord;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.message.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Everything that happened to one message, in order. Holds no number and no text.
 *
 * @param message the message as it stands
 * @param decisions what the gates said
 * @param attempts each attempt with what was seen of it
 */
public record Explanation(MessageView message, List<GateRecord> decisions, List<Story> attempts) {

    /** Copies the lists. */
    public Explanation {
        decisions = List.copyOf(decisions);
        attempts = List.copyOf(attempts);
    }

    /**
     * One attempt.
     *
     * @param attempt the sum of what is known
     * @param seen the observations it was summed from
     */
    public record Story(Attempt attempt, List<Observation> seen) {
        /** Copies the observations. */
        public Story {
            seen = List.copyOf(seen);
        }
    }

    /** What happened at one instant is told in the order of cause: gates, the attempt they let go, what was seen of it. */
    private record Line(Instant at, int phase, String text) {}

    /** The story for people, a line for each step, with the time since the message was taken in. */
    public String text() {
        List<Line> lines = new ArrayList<>();
        Instant start = message.stored().acceptedAt();
        lines.add(new Line(
                start,
                -1,
                "taken in: " + message.stored().segments() + " segment(s), category "
                        + message.stored().message().category() + ", tenant "
                        + message.stored().message().tenant()));
        decisions.forEach(decision -> lines.add(new Line(decision.at(), phase(decision), describe(decision))));
        attempts.forEach(story -> tell(story, lines));
        lines.sort(Comparator.comparing(Line::at).thenComparingInt(Line::phase));
        StringBuilder text = new StringBuilder("message " + message.id() + "\n");
        lines.forEach(line -> text.append("  ")
                .append(since(start, line.at()))
                .append("  ")
                .append(line.text())
                .append('\n'));
        return text.append("  now: ").append(verdict()).append('\n').toString();
    }

    /** A gate before the wire belongs to the attempt that began then, or comes after all that there were. */
    private int phase(GateRecord decision) {
        return attempts.stream()
                .map(Story::attempt)
                .filter(attempt -> !attempt.startedAt().isBefore(decision.at()))
                .map(attempt -> 2 * attempt.id().number() - 2)
                .findFirst()
                .orElse(2 * attempts.size());
    }

    private static String describe(GateRecord record) {
        String values = new TreeMap<>(record.decision().values()).toString();
        String verdict = record.decision().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return "gate " + record.gate() + " at " + record.stage() + ": " + verdict + ", "
                + record.decision().reason() + (values.equals("{}") ? "" : " " + values);
    }

    private static void tell(Story story, List<Line> lines) {
        Attempt attempt = story.attempt();
        int phase = 2 * attempt.id().number() - 1;
        lines.add(
                new Line(attempt.startedAt(), phase, "attempt " + attempt.id().number() + " committed, request sent"));
        for (Observation seen : story.seen()) {
            if (seen.source().isNote()) {
                lines.add(new Line(seen.at(), phase, "attempt " + attempt.id().number() + " " + note(seen)));
                continue;
            }
            String detail = seen.errorCode() == 0 ? "" : ", error " + seen.errorCode();
            String cause = seen.cause() == null ? "" : " (" + seen.cause() + ")";
            String sid = seen.sid() == null ? "" : " " + seen.sid();
            lines.add(new Line(
                    seen.at(),
                    phase,
                    "attempt " + attempt.id().number() + " "
                            + seen.source().name().toLowerCase(Locale.ROOT) + ": " + seen.status() + detail + cause
                            + sid));
        }
        if (attempt.conflict()) {
            lines.add(new Line(
                    attempt.changedAt(), phase, "attempt " + attempt.id().number() + " has contradicting reports"));
        }
    }

    private static String note(Observation note) {
        String word = switch (note.source()) {
            case LOOK -> "looked for at the provider";
            case POLICY_RESENT -> "no evidence until the horizon, decided by policy: sent again";
            case POLICY_GAVE_UP -> "no evidence until the horizon, decided by policy: given up";
            case POLICY_ASKED -> "no evidence until the horizon, decided by policy: left to a person";
            case OPERATOR -> "decided by hand";
            default -> "second copy";
        };
        return word + ": " + note.cause();
    }

    private String verdict() {
        Failure failure = message.failure();
        String reason = failure == null ? "" : failure.explanation() + " " + failure.advice();
        if (message.nextAt() == null) {
            return message.status() + (reason.isEmpty() ? "" : ": " + reason);
        }
        boolean again = message.tries().attempts() > 0;
        return message.status()
                + (again ? ", will be tried again at " : ", will be tried at ")
                + message.nextAt()
                + (reason.isEmpty() ? "" : ", because: " + reason);
    }

    private static String since(Instant start, Instant at) {
        Duration passed = Duration.between(start, at);
        return String.format(Locale.ROOT, "+%8.3f s", passed.toMillis() / 1000.0);
    }
}
