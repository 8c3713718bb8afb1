package io.tidings.sandbox;

import java.util.regex.Pattern;

/** What a message is sent from, and how many segments a second it carries unless configured otherwise. */
public enum SenderKind {
    /** A five or six digit code; 100 segments/s (Twilio's figure for short codes). */
    SHORT_CODE(100),
    /** A US or Canadian number; 1 segment/s (Twilio's figure for long codes). */
    LONG_CODE(1),
    /** A US or Canadian toll-free number; 3 segments/s (Twilio's figure). */
    TOLL_FREE(3),
    /** A number of any other country; 10 segments/s (Twilio's older figure). */
    INTERNATIONAL(10),
    /** A name of up to eleven characters; 10 segments/s (Twilio's older figure). */
    ALPHANUMERIC(10),
    /** {@code whatsapp:} and a number; 80 messages/s (Twilio's figure). */
    WHATSAPP(80);

    private static final Pattern CODE = Pattern.compile("[0-9]{3,8}");
    private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11}");
    private static final Pattern FREE = Pattern.compile("\\+1(800|833|844|855|866|877|888)[0-9]{7}");

    private final int segmentsPerSecond;

    SenderKind(int segmentsPerSecond) {
        this.segmentsPerSecond = segmentsPerSecond;
    }

    /** Returns the default pace in segments per second. */
    public int segmentsPerSecond() {
        return segmentsPerSecond;
    }

    /**
     * Returns the kind of an address.
     *
     * @throws IllegalArgumentException if it is none that can send
     */
    public static SenderKind of(String address) {
        if (Numbers.isWhatsApp(address) && Numbers.isValid(Numbers.plain(address))) {
            return WHATSAPP;
        }
        if (FREE.matcher(address).matches()) {
            return TOLL_FREE;
        }
        if (Numbers.isValid(address)) {
            return address.startsWith("+1") ? LONG_CODE : INTERNATIONAL;
        }
        if (CODE.matcher(address).matches()) {
            return SHORT_CODE;
        }
        if (NAME.matcher(address).matches()) {
            return ALPHANUMERIC;
        }
        throw new IllegalArgumentException("A sender is an E.164 number such as +12025550100, a short code of 3 to 8"
                + " digits, a name of up to 11 letters and digits with at least one letter, or whatsapp:+E.164");
    }
}
