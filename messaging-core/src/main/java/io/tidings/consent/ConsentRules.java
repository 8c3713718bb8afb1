package io.tidings.consent;

import static java.util.Objects.requireNonNull;

import io.tidings.consent.Evidence.Route;
import io.tidings.gate.ConsentState;
import io.tidings.message.OutboundMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the entries of one person mean for one message. Pure; safe for use by many threads.
 *
 * <ol>
 *   <li>An entry counts if its scope covers the message.
 *   <li>An opt-out stands until an opt-in takes it back that came later, both in the ledger and by its date, and that
 *       names everything the opt-out named: a general opt-in does not bring back the topic, channel or sender that
 *       somebody turned off by itself. An opt-in to one topic takes back a general opt-out for that topic only.
 *   <li>What the host recorded, the host can take back. What the number itself said, or the provider reported, only the
 *       number itself takes back; and for the sender that heard STOP or that the provider blocks, only with a START to
 *       that same sender, because Twilio keeps refusing until then (error 21610).
 *   <li>An opt-in is proof of consent only while it has its evidence: not after the person was erased.
 * </ol>
 */
public final class ConsentRules {

    private ConsentRules() {}

    /**
     * What a person's entries say about a message; for implementations of {@link io.tidings.gate.FactSource}.
     *
     * @param entries all of the person, in the order of the ledger
     */
    public static ConsentState state(List<ConsentEntry> entries, OutboundMessage message) {
        return entries.isEmpty()
                ? ConsentState.SILENT
                : standing(
                                entries,
                                ConsentQuestion.about(message),
                                message.options().answers())
                        .state();
    }

    static Standing standing(List<ConsentEntry> entries, ConsentQuestion question, @Nullable String answers) {
        List<ConsentEntry> covering =
                entries.stream().filter(entry -> entry.scope().covers(question)).toList();
        return new Standing(
                newestOptOut(covering, question),
                newestOptIn(covering),
                answers == null ? null : named(entries, answers));
    }

    private static @Nullable ConsentEntry newestOptOut(List<ConsentEntry> covering, ConsentQuestion question) {
        for (int i = covering.size() - 1; i >= 0; i--) {
            ConsentEntry out = covering.get(i);
            if (out.kind() == ConsentEntry.Kind.OPT_OUT
                    && covering.subList(i + 1, covering.size()).stream()
                            .noneMatch(in -> takesBack(in, out, question))) {
                return out;
            }
        }
        return null;
    }

    /** The opt-in comes later in the ledger than the opt-out. */
    private static boolean takesBack(ConsentEntry in, ConsentEntry out, ConsentQuestion question) {
        return in.isOptIn()
                && !in.at().isBefore(out.at())
                && namesAsMuch(in, out)
                && (out.evidence().source().isTheHost()
                        || isFromThePerson(in, out.evidence().route(), question));
    }

    private static boolean namesAsMuch(ConsentEntry in, ConsentEntry out) {
        ConsentScope named = out.scope();
        ConsentScope meant = in.scope();
        Route said = in.evidence().route();
        boolean topic = named.topic() == null || named.topic().equals(meant.topic());
        boolean sender = named.sender() == null
                || named.sender().equals(meant.sender())
                || (said != null && named.sender().equals(said.sender()));
        boolean channel = named.channel() == null
                || (meant.channel() != null
                        && ConsentScope.family(named.channel()) == ConsentScope.family(meant.channel()))
                || (said != null && ConsentScope.family(named.channel()) == ConsentScope.family(said.channel()));
        return topic && sender && channel;
    }

    private static boolean isFromThePerson(ConsentEntry in, @Nullable Route blocked, ConsentQuestion question) {
        if (!in.evidence().source().isThePerson()) {
            return false;
        }
        Route said = in.evidence().route();
        return blocked == null
                || !blocked.sender().equals(question.sender())
                || (said != null && said.sender().equals(blocked.sender()));
    }

    private static @Nullable ConsentEntry newestOptIn(List<ConsentEntry> covering) {
        for (int i = covering.size() - 1; i >= 0; i--) {
            ConsentEntry in = covering.get(i);
            if (in.kind() == ConsentEntry.Kind.OPT_OUT) {
                return null;
            }
            if (in.isOptIn() && in.number() != null && isNewerThanEveryOptOut(in, covering)) {
                return in;
            }
        }
        return null;
    }

    private static boolean isNewerThanEveryOptOut(ConsentEntry in, List<ConsentEntry> covering) {
        return covering.stream()
                .filter(each -> each.kind() == ConsentEntry.Kind.OPT_OUT)
                .noneMatch(out -> out.at().isAfter(in.at()));
    }

    private static @Nullable ConsentEntry named(List<ConsentEntry> entries, String reference) {
        return entries.stream()
                .filter(entry -> reference.equals(entry.evidence().reference()))
                .findFirst()
                .orElse(null);
    }

    /** The entries that decide. */
    record Standing(
            @Nullable ConsentEntry optOut,
            @Nullable ConsentEntry optIn,
            @Nullable ConsentEntry answered) {

        ConsentState state() {
            return new ConsentState(said(optOut), said(optIn), said(answered));
        }

        private static ConsentState.@Nullable Said said(@Nullable ConsentEntry entry) {
            return entry == null
                    ? null
                    : new ConsentState.Said(
                            entry.kind().name(),
                            entry.at(),
                            entry.evidence().source().name(),
                            entry.scope().words());
        }

        ConsentAnswer answer(ConsentAnswer.Rule rule) {
            return new ConsentAnswer(
                    rule,
                    switch (rule) {
                        case OPTED_IN -> requireNonNull(optIn);
                        case OPTED_OUT, BLOCKED_BY_PROVIDER -> requireNonNull(optOut);
                        case ANSWERS_THE_PERSON, ASKS_FOR_OPT_IN -> requireNonNull(answered);
                        case NO_OPT_OUT, NO_OPT_IN -> null;
                    });
        }
    }
}
