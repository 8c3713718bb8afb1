package io.tidings.outbox;

import io.tidings.gate.GateRecord;
import io.tidings.history.Attempt;
import io.tidings.history.Observation;
import io.tidings.message.Failure;
import io.tidings.message.PlainDuration;
import io.tidings.outbox.Explanation.Doubt;
import io.tidings.outbox.Explanation.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Tells an {@link Explanation} to people. */
record Narrative(Explanation story) {
    private static final Duration WORTH_TELLING = Duration.ofMillis(1);

    /** What happened at one instant is told in the order of cause: gates, the attempt they let go, what was seen of it. */
    private record Line(Instant at, int phase, String text) {}

    String text() {
        Instant start = story.message().stored().acceptedAt();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(start, -2, takenIn()));
        story.acts().forEach(act -> lines.add(act(act, start)));
        story.decisions().forEach(decision -> lines.add(new Line(decision.at(), phase(decision), describe(decision))));
        story.attempts().forEach(attempt -> tell(attempt, lines));
        lines.sort(Comparator.comparing(Line::at).thenComparingInt(Line::phase));
        StringBuilder text = new StringBuilder("message " + story.message().id() + "\n");
        lines.forEach(line -> text.append("  ")
                .append(since(start, line.at()))
                .append("  ")
                .append(line.text())
                .append('\n'));
        doubts(text);
        text.append("  cost: ").append(cost()).append('\n');
        return text.append("  now: ").append(verdict()).append('\n').toString();
    }

    private String takenIn() {
        return "taken in: " + story.message().stored().segments() + " segment(s), category "
                + story.message().stored().message().category() + ", tenant "
                + story.message().stored().message().tenant();
    }

    /** Entries are cut to microseconds, and that must not bring one before what it records. */
    private static Line act(Explanation.Act act, Instant start) {
        Instant at = act.at().isBefore(start) ? start : act.at();
        return new Line(at, -1, "audited: " + act.action() + " by " + act.actor() + ", entry " + act.entry());
    }

    /** A gate before the wire belongs to the attempt that began then, or comes after all that there were. */
    private int phase(GateRecord decision) {
        return story.attempts().stream()
                .map(Story::attempt)
                .filter(attempt -> !attempt.startedAt().isBefore(decision.at()))
                .map(attempt -> 2 * attempt.id().number() - 2)
                .findFirst()
                .orElse(2 * story.attempts().size());
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
        String name = name(attempt);
        String waited = story.throttled().compareTo(WORTH_TELLING) < 0
                ? ""
                : " after waiting " + PlainDuration.of(story.throttled()) + " for its turn (throttle)";
        lines.add(new Line(attempt.startedAt(), phase, name + " committed, request sent" + waited));
        story.seen().forEach(seen -> lines.add(new Line(seen.at(), phase, name + " " + describe(seen))));
        if (attempt.conflict()) {
            lines.add(new Line(attempt.changedAt(), phase, name + " has contradicting reports"));
        }
    }

    private static String name(Attempt attempt) {
        return "attempt " + attempt.id().number();
    }

    private static String describe(Observation seen) {
        if (seen.source().isNote()) {
            return note(seen);
        }
        String detail = seen.errorCode() == 0 ? "" : ", error " + seen.errorCode();
        String cause = seen.cause() == null ? "" : " (" + seen.cause() + ")";
        String sid = seen.sid() == null ? "" : " " + seen.sid();
        return word(seen) + ": " + seen.status() + detail + cause + sid;
    }

    private static String word(Observation seen) {
        return seen.source().name().toLowerCase(Locale.ROOT);
    }

    private static String note(Observation note) {
        String word = switch (note.source()) {
            case LOOK -> "looked for at the provider";
            case POLICY_RESENT, POLICY_GAVE_UP, POLICY_ASKED ->
                "no evidence until the horizon, decided by policy: " + decided(note);
            case OPERATOR -> decided(note);
            default -> "second copy";
        };
        return word + ": " + note.cause();
    }

    private static String decided(Observation note) {
        return switch (note.source()) {
            case POLICY_RESENT -> "sent again";
            case POLICY_GAVE_UP -> "given up";
            case POLICY_ASKED -> "left to a person";
            default -> "decided by hand";
        };
    }

    private void doubts(StringBuilder text) {
        for (Story attempt : story.attempts()) {
            attempt.doubt()
                    .ifPresent(doubt -> text.append("  evidence: ")
                            .append(name(attempt.attempt()))
                            .append(" was in doubt (")
                            .append(doubt.cause())
                            .append("), ")
                            .append(evidence(doubt))
                            .append('\n'));
        }
    }

    private static String evidence(Doubt doubt) {
        Observation evidence = doubt.evidence();
        if (evidence == null) {
            return "nothing has told yet";
        }
        Duration took = Duration.between(doubt.since(), evidence.at());
        String when = took.isNegative() ? "known before" : "after " + PlainDuration.of(took);
        return evidence.source().isNote()
                ? "no evidence, decided " + when + ": " + decided(evidence) + ": " + evidence.cause()
                : "resolved by " + word(evidence) + " " + when + ": " + evidence.status();
    }

    private String cost() {
        StringBuilder text = new StringBuilder(
                story.estimate() == null ? "no price known" : "estimated " + story.estimate() + " a copy");
        story.attempts()
                .forEach(attempt -> attempt.charged()
                        .ifPresent(price -> text.append(", ")
                                .append(name(attempt.attempt()))
                                .append(" charged ")
                                .append(price)));
        return text.toString();
    }

    private String verdict() {
        MessageView message = story.message();
        Failure failure = message.failure();
        String reason = failure == null ? "" : sentence(failure.explanation()) + " " + failure.advice();
        return story.next().map(next -> planned(next, reason)).orElseGet(() -> switch (message.status()) {
            case UNCERTAIN ->
                "UNCERTAIN: nothing is sent until evidence, or at the horizon the policy of its category, decides";
            default -> message.status() + (reason.isEmpty() ? "" : ": " + reason);
        });
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private String planned(Explanation.Next next, String reason) {
        boolean again = next.attempt() > 1;
        return story.message().status()
                + (again ? ", will be tried again at " : ", will be tried at ")
                + next.at()
                + ", because: "
                + (reason.isEmpty() ? next.because() : reason);
    }

    private static String since(Instant start, Instant at) {
        Duration passed = Duration.between(start, at);
        return String.format(Locale.ROOT, "+%8.3f s", passed.toMillis() / 1000.0);
    }
}
