package io.tidings.sandbox;

import java.util.regex.Pattern;

/**
 * The sandbox's own idea of a phone number: E.164, 7 to 15 digits; behind +1 exactly ten, the first 2 to 9. Coarser than
 * Twilio's, on purpose: it shares nothing with the number library that the sender of a message may use.
 */
final class Numbers {
    static final String WHATSAPP = "whatsapp:";
    private static final Pattern ANY = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern NORTH_AMERICAN = Pattern.compile("\\+1[2-9][0-9]{9}");

    private Numbers() {}

    static boolean isWhatsApp(String address) {
        return address.startsWith(WHATSAPP);
    }

    /** Returns the number of a channel address; others as they are. */
    static String plain(String address) {
        return isWhatsApp(address) ? address.substring(WHATSAPP.length()) : address;
    }

    static boolean isValid(String number) {
        return number.startsWith("+1")
                ? NORTH_AMERICAN.matcher(number).matches()
                : ANY.matcher(number).matches();
    }
}
