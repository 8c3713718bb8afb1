package io.tidings.examples.quickstart;

import io.tidings.history.Observation;
import io.tidings.message.Failure;
import io.tidings.message.MessageStatus;
import io.tidings.outbox.Explanation;
import io.tidings.outbox.MessageView;
import io.tidings.provider.Answer;
import io.tidings.provider.ListQuery;
import io.tidings.provider.ProviderMessage;
import io.tidings.twilio.TwilioProvider;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The proof of one real text. Holds neither the whole number nor the whole account. */
final class LiveReport {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final LiveSettings settings;
    private final TwilioProvider provider;
    private final PrintStream out;

    LiveReport(LiveSettings settings, TwilioProvider provider, PrintStream out) {
        this.settings = settings;
        this.provider = provider;
        this.out = out;
    }

    /** Prints all but the last line, whose figures it returns. */
    Verdict print(Explanation story, Instant begun, boolean test) {
        MessageView message = story.message();
        List<String> sids = story.attempts().stream()
                .map(each -> each.attempt().sid())
                .filter(Objects::nonNull)
                .toList();
        out.println();
        out.println("Report of one text");
        line("sent at", begun.toString());
        line("message", message.id().toString());
        line("Twilio SID", sids.isEmpty() ? "none" : String.join(" ", sids));
        line("account", settings.maskedAccount() + (test ? " (test credentials: nothing is delivered)" : ""));
        line("to", settings.to().toString());
        line("from", settings.maskedSender());
        line("segments", Integer.toString(message.stored().segments()));
        story.attempts().forEach(each -> each.seen().forEach(this::status));
        line("now", message.status() + why(message.failure()));
        line("price", sids.isEmpty() || test ? "none" : price(sids.get(sids.size() - 1)));
        return verdict(message, sids, test ? sids : copies(begun, sids));
    }

    private void line(String name, String value) {
        out.println(String.format("  %-12s %s", name, value));
    }

    private void status(Observation seen) {
        String code = seen.errorCode() == 0 ? "" : ", error " + seen.errorCode();
        String cause = seen.cause() == null ? "" : " (" + seen.cause() + ")";
        line("", seen.at() + "  " + seen.status() + code + cause + ", " + how(seen));
    }

    private static String how(Observation seen) {
        return switch (seen.source()) {
            case ANSWER -> "Twilio's answer";
            case CALLBACK -> "called back";
            case POLL -> "asked";
            case RECOVERY -> "after a crash";
            case LIST -> "found in Twilio's list";
            case LOOK -> "not found in Twilio's list";
            case POLICY -> "decided by policy";
            case OPERATOR -> "decided by a person";
            case DUPLICATE -> "a second copy";
        };
    }

    private static String why(@Nullable Failure failure) {
        return failure == null ? "" : ": " + failure.explanation() + " " + failure.advice();
    }

    private String price(String sid) {
        Answer<ProviderMessage> answer = provider.fetch(sid);
        if (answer instanceof Answer.Found<ProviderMessage> found
                && found.value().price() != null
                && found.value().currency() != null) {
            return found.value().price().toPlainString() + " " + found.value().currency();
        }
        return "not known yet; Twilio sets it minutes later";
    }

    /** The texts with these very words that Twilio lists for the recipient; what is not listed yet counts by its SID. */
    private List<String> copies(Instant begun, List<String> sids) {
        List<String> copies = new ArrayList<>(sids);
        ListQuery query = new ListQuery(settings.to(), begun.minus(CLOCKS_DIFFER), 50);
        if (provider.list(query) instanceof Answer.Found<List<ProviderMessage>> found) {
            found.value().stream()
                    .filter(each -> each.body().text().contains(settings.text()))
                    .map(ProviderMessage::sid)
                    .filter(sid -> !copies.contains(sid))
                    .forEach(copies::add);
        }
        return copies;
    }

    private static Verdict verdict(MessageView message, List<String> sids, List<String> copies) {
        Fate fate = Fate.of(message);
        boolean reasoned = message.status().isTerminal() && message.failure() != null;
        boolean held = message.status() == MessageStatus.UNCERTAIN;
        return new Verdict(
                fate == Fate.REFUSED ? 0 : 1,
                fate == Fate.DELIVERED ? 1 : 0,
                fate == Fate.FAILED ? 1 : 0,
                fate == Fate.REFUSED ? 1 : 0,
                fate == Fate.GIVEN_UP ? 1 : 0,
                0,
                Math.max(0, copies.size() - 1),
                sids.isEmpty() && !reasoned && !held && fate != Fate.REFUSED ? 1 : 0,
                Fate.isUnfinished(message.status()) ? 1 : 0,
                0);
    }
}
