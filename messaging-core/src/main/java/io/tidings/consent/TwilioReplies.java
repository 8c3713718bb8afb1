package io.tidings.consent;

import io.tidings.consent.ConsentPolicy.Replies;
import io.tidings.consent.Keywords.Family;
import io.tidings.message.Channel;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import java.util.Map;
import java.util.Set;

/**
 * Which keywords Twilio acts on and answers by itself: its help pages on STOP filtering, toll-free opt-outs and Advanced
 * Opt-Out. A second answer would break the rule of one.
 */
final class TwilioReplies {
    private static final Map<Family, Set<String>> NUMBERS = Map.of(
            Family.STOP, Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
            Family.START, Set.of("START", "YES", "UNSTOP"),
            Family.HELP, Set.of("HELP", "INFO"));
    /** The network knows no other words. */
    private static final Map<Family, Set<String>> TOLL_FREE = Map.of(
            Family.STOP, Set.of("STOP"),
            Family.START, Set.of("START", "UNSTOP"),
            Family.HELP, Set.of("HELP", "INFO"));

    private TwilioReplies() {}

    /** Whether Twilio, or the network, handles this message as a command of the family. */
    static boolean handles(Family family, InboundText said, Replies replies) {
        boolean texting = ConsentScope.family(said.channel()) == Channel.SMS;
        return texting
                && (said.optOutType() != null
                        || words(said.to(), replies)
                                .getOrDefault(family, Set.of())
                                .contains(Keywords.bare(said.text().text())));
    }

    private static Map<Family, Set<String>> words(Sender to, Replies replies) {
        if (isTollFree(to)) {
            return TOLL_FREE;
        }
        boolean handled = to instanceof Sender.ShortCode
                ? replies == Replies.NUMBERS_AND_SHORT_CODES
                : replies != Replies.TOLL_FREE;
        return handled ? NUMBERS : Map.of();
    }

    /** Of the North American plan: elsewhere a free number is like any other. */
    static boolean isTollFree(Sender sender) {
        return sender instanceof Sender.Number number
                && number.number().callingCode() == 1
                && number.number().kind() == PhoneNumber.Kind.TOLL_FREE;
    }
}
