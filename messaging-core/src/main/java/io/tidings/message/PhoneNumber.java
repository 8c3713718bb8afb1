package io.tidings.message;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * A phone number in E.164 form. Prints itself masked.
 *
 * <p>The constructor only looks at the shape, in nanoseconds, and is meant for numbers that were parsed before;
 * {@link #parse} takes what people type, brings it into its one form and costs about 10 µs. Numbering plans come from
 * libphonenumber, so validity changes as countries change their plans.
 *
 * @param e164 a plus sign, the country code and the subscriber number: 8 to 16 characters (ITU-T E.164)
 */
public record PhoneNumber(String e164) {
    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    /** Takes a number that already is in E.164 form. Throws {@link InvalidNumberException} for anything else. */
    public PhoneNumber {
        if (!isE164(e164)) {
            throw new InvalidNumberException(
                    "a phone number is + followed by 7 to 15 digits, country code first; use PhoneNumber.parse for other forms");
        }
    }

    private static boolean isE164(String text) {
        int digits = text.length() - 1;
        if (digits < FEWEST_DIGITS || digits > MOST_DIGITS || text.charAt(0) != '+' || text.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i <= digits; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads an international or national form, with any usual punctuation and any script's digits: {@code (202)
     * 555-0100}, {@code +44 (0)20 7946 0018}, {@code 0044…}. The result is the same however often it is parsed again.
     *
     * <p>Throws {@link InvalidNumberException} for what cannot be a number anywhere: invisible characters, letters,
     * extensions, impossible lengths, short codes. A possible number that no plan has assigned passes; see
     * {@link #isValid}.
     *
     * @param text the number
     * @param defaultRegion the ISO 3166 region of national forms, like {@code US}, or {@code ZZ} to read
     *     international forms only; another word is an {@link IllegalArgumentException}
     */
    public static PhoneNumber parse(String text, String defaultRegion) {
        return new PhoneNumber(NumberPlan.canonical(text, NumberPlan.requireRegion(defaultRegion)));
    }

    /** Whether the numbering plan of its country has such numbers; a live provider will refuse one that is not. */
    public boolean isValid() {
        return NumberPlan.isValid(e164);
    }

    /** Whether its length is right for its country; always so for a number that {@link #parse} returned. */
    public boolean isPossible() {
        return NumberPlan.isPossible(e164);
    }

    /**
     * The ISO 3166 region it belongs to, like {@code US}. A number that is not valid belongs to the main region of its
     * country code; satellite, international toll-free and unknown codes belong to none.
     */
    public Optional<String> region() {
        return NumberPlan.region(e164);
    }

    /** The calling code without the plus sign, like 44; 0 if no country has it. */
    public int callingCode() {
        return NumberPlan.callingCode(e164);
    }

    /**
     * The time zones its digits allow: those of its area if libphonenumber's geocoder is on the class path and knows the
     * area, else all of its country. Empty for numbers of no country. A person may be elsewhere.
     */
    public Set<ZoneId> zones() {
        return NumberPlan.zones(e164);
    }

    /** What kind of line it is, as far as its digits tell. */
    public Kind kind() {
        return NumberPlan.kind(e164);
    }

    /** The calling code's first digit and the last two digits; only the last two of a short number. */
    @Override
    public String toString() {
        int shown = e164.length() > 10 ? 2 : 1;
        return e164.substring(0, shown) + "*".repeat(e164.length() - shown - 2) + e164.substring(e164.length() - 2);
    }

    /** What a number is for, according to its country's plan. */
    public enum Kind {
        /** A mobile phone. */
        MOBILE,
        /** A landline; a text to it usually ends in Twilio's error 30006. */
        FIXED_LINE,
        /** The plan does not tell the two apart, as in North America. */
        FIXED_LINE_OR_MOBILE,
        /** Free for the caller. */
        TOLL_FREE,
        /** Costs the caller extra; never a recipient of a text. */
        PREMIUM_RATE,
        /** The caller pays a part. */
        SHARED_COST,
        /** Internet telephony. */
        VOIP,
        /** A number that follows a person. */
        PERSONAL,
        /** Pagers, company-wide numbers, voicemail access. */
        OTHER,
        /** Not a valid number, or a plan that says nothing. */
        UNKNOWN
    }
}
