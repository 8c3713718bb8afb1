package io.tidings.sandbox;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keyword families of Twilio's default opt-out handling. */
enum Keyword {
    STOP("STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT"),
    START("START YES UNSTOP"),
    HELP("HELP INFO");

    private final String words;

    Keyword(String words) {
        this.words = words;
    }

    /** The whole message must be the keyword, in any case; blanks around it do not count. */
    static @Nullable Keyword of(String text, SenderKind kind) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        if (kind == SenderKind.TOLL_FREE) {
            return switch (word) {
                case "STOP" -> STOP;
                case "START", "UNSTOP" -> START;
                case "HELP", "INFO" -> HELP;
                default -> null;
            };
        }
        for (Keyword keyword : values()) {
            if (List.of(keyword.words.split(" ", -1)).contains(word)) {
                return keyword;
            }
        }
        return null;
    }

    /** Wording is ours; the network's prefix for toll-free numbers is Twilio's. */
    String reply(SenderKind kind) {
        String text = switch (this) {
            case STOP -> "You have been unsubscribed and will get no more messages from us. Reply START to return.";
            case START -> "You are subscribed again. Reply HELP for help, STOP to leave.";
            case HELP -> "Reply STOP to unsubscribe. Message and data rates may apply.";
        };
        return kind == SenderKind.TOLL_FREE ? "NETWORK MSG: " + text : text;
    }
}
