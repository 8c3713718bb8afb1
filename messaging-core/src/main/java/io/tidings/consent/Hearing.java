package io.tidings.consent;

import io.tidings.consent.ConsentEntry.Kind;
import io.tidings.consent.Evidence.Route;
import io.tidings.consent.Evidence.Source;
import io.tidings.consent.Keywords.Family;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.OutboundMessage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what one message from a person means, given the person's ledger. Used once, in one transaction. */
final class Hearing {
    private final ConsentPolicy policy;
    private final ConsentStore store;
    private final InboundText said;
    private final List<ConsentEntry> entries;
    private final Keywords keywords;

    Hearing(ConsentPolicy policy, ConsentStore store, InboundText said, List<ConsentEntry> entries) {
        this.policy = policy;
        this.store = store;
        this.said = said;
        this.entries = entries;
        this.keywords = policy.keywordsOf(said.tenant(), said.to(), said.route().sender());
    }

    KeywordAction decide() {
        Set<Family> families = keywords.families(said.text().text());
        Family typed = typed();
        if (typed == Family.STOP || (typed == null && families.contains(Family.STOP))) {
            return stop();
        }
        if (typed == Family.HELP || (typed == null && families.contains(Family.HELP))) {
            return help();
        }
        ConsentEntry request = families.contains(Family.CONFIRM) ? pending() : null;
        if (request != null) {
            return confirm(request);
        }
        if (typed == Family.START || (families.contains(Family.START) && isStart())) {
            return start();
        }
        if (!families.isEmpty()) {
            note();
        }
        return new KeywordAction.None();
    }

    /** Otherwise an old YES, replayed after a STOP or a request, would be one to that. */
    private void note() {
        store.append(heard(Kind.NOTED, scope(), source()));
    }

    /** Advanced Opt-Out knows words that we do not, and its word is final. */
    private @Nullable Family typed() {
        String type = said.optOutType();
        return type == null
                ? null
                : switch (type) {
                    case "STOP" -> Family.STOP;
                    case "START" -> Family.START;
                    case "HELP" -> Family.HELP;
                    default -> null;
                };
    }

    /**
     * YES is no START by itself: it also answers questions. It is one where Twilio takes it for one and this sender was
     * told to stop.
     */
    private boolean isStart() {
        String word = Keywords.bare(said.text().text());
        if (!word.equals("YES")) {
            return !TwilioReplies.isTollFree(said.to()) || word.equals("START") || word.equals("UNSTOP");
        }
        if (!TwilioReplies.handles(Family.START, said, policy.providerReplies())) {
            return false;
        }
        ConsentQuestion here = new ConsentQuestion(
                said.tenant(),
                said.from(),
                Category.CONVERSATION,
                said.channel(),
                said.route().sender(),
                null);
        ConsentEntry out = ConsentRules.standing(entries, here, null).optOut();
        Route told = out == null ? null : out.evidence().route();
        return told != null && told.sender().equals(said.route().sender());
    }

    private KeywordAction stop() {
        ConsentEntry entry = heard(Kind.OPT_OUT, scope(), source());
        return store.append(entry)
                ? new KeywordAction.Stopped(entry, reply(Family.STOP))
                : new KeywordAction.Repeated();
    }

    private KeywordAction start() {
        ConsentEntry entry = heard(Kind.OPT_IN, scope(), source());
        return store.append(entry)
                ? new KeywordAction.Started(entry, reply(Family.START))
                : new KeywordAction.Repeated();
    }

    private KeywordAction help() {
        ConsentEntry entry = heard(Kind.HELP, scope(), source());
        return store.append(entry) ? new KeywordAction.Helped(entry, reply(Family.HELP)) : new KeywordAction.Repeated();
    }

    private KeywordAction confirm(ConsentEntry request) {
        ConsentEntry entry = heard(Kind.OPT_IN_CONFIRMED, request.scope(), Source.DOUBLE_OPT_IN);
        if (!store.append(entry)) {
            return new KeywordAction.Repeated();
        }
        boolean answered = TwilioReplies.handles(Family.START, said, policy.providerReplies());
        return new KeywordAction.Confirmed(entry, answered ? null : message(Family.CONFIRM));
    }

    private ConsentScope scope() {
        return policy.keywordScope(said.tenant(), said.route().sender());
    }

    private Source source() {
        return typed() == null ? Source.KEYWORD : Source.OPT_OUT_TYPE;
    }

    private ConsentEntry heard(Kind kind, ConsentScope scope, Source source) {
        Evidence evidence = new Evidence(source, "the person", said.text(), said.sid(), said.route());
        return new ConsentEntry(scope, said.from(), kind, evidence, said.at());
    }

    /** The newest request that this message can confirm: to the same sender, in time, and nothing was said since. */
    private @Nullable ConsentEntry pending() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            ConsentEntry entry = entries.get(i);
            if (entry.kind() == Kind.OPT_IN_REQUESTED) {
                if (isAskedBy(entry) && isInTime(entry)) {
                    return entry;
                }
            } else if (isDecision(entry)) {
                return null;
            }
        }
        return null;
    }

    private static boolean isDecision(ConsentEntry entry) {
        return entry.kind() != Kind.HELP
                && entry.kind() != Kind.NOTED
                && entry.evidence().source().isThePerson();
    }

    private boolean isAskedBy(ConsentEntry request) {
        Route asked = request.evidence().route();
        return asked != null
                && (asked.sender().equals(said.to())
                        || asked.sender().equals(said.route().sender()));
    }

    private boolean isInTime(ConsentEntry request) {
        return !said.at().isBefore(request.at())
                && said.at().isBefore(request.at().plus(policy.confirmWithin()));
    }

    private @Nullable OutboundMessage reply(Family family) {
        return TwilioReplies.handles(family, said, policy.providerReplies()) ? null : message(family);
    }

    private @Nullable OutboundMessage message(Family family) {
        String text = keywords.reply(family);
        if (text.isEmpty()) {
            return null;
        }
        Channel channel = ConsentScope.family(said.channel());
        return OutboundMessage.to(said.from())
                .tenant(said.tenant())
                .from(said.to())
                .channel(channel)
                .category(Category.CONVERSATION)
                .text(text)
                .key(ConsentPolicy.answerKey(said.sid()))
                .answers(said.sid())
                .allowRepeat()
                .expiresAfter(ConsentPolicy.ANSWER_WITHIN)
                .build();
    }
}
