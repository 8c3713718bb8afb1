package io.tidings.message;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The numbering plans of the world: with {@link NumberZones} the only class that knows libphonenumber. */
final class NumberPlan {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
    /** CLDR's word for an unknown region: only international forms are read. */
    private static final String NOWHERE = "ZZ";
    /** No region of its own: satellite phones, international toll-free numbers. */
    private static final String WORLD = "001";
    /** Mexican mobile numbers lost their 1, and the prefixes 044 and 045, on 3 August 2019; old lists still have them. */
    private static final Pattern OLD_MEXICAN = Pattern.compile("\\+52(?:1|04[45])([0-9]{10})");

    /** Each round can only strip a prefix; numbers in use need one. */
    private static final int MOST_ROUNDS = 8;

    /** What libphonenumber reads at all. */
    private static final int FEWEST_DIGITS = 3;

    private static final int MOST_DIGITS = 17;

    private static final Set<Integer> CALLING_CODES = PLANS.getSupportedCallingCodes();
    private static final int LONGEST_CALLING_CODE = 3;

    private static final NumberMemo MEMO = new NumberMemo();

    private NumberPlan() {}

    /** The E.164 form, a fixed point: parsing it again gives it again. */
    static String canonical(String text, String region) {
        String clean = NumberText.check(text);
        String form = read(clean, region);
        String before = clean;
        for (int round = 0; round < MOST_ROUNDS && !before.equals(form); round++) {
            before = form;
            form = read(before, region);
        }
        return form;
    }

    private static String read(String text, String region) {
        Phonenumber.PhoneNumber number = tryRead(text, region);
        if (number == null || !PLANS.isValidNumber(number)) {
            number = elsewhere(text, region, number);
        }
        if (number == null) {
            long digits = text.chars().filter(Character::isDigit).count();
            String problem = digits > MOST_DIGITS
                    ? "it is too long; one number per field"
                    : digits < FEWEST_DIGITS ? "it is too short" : "no country has its calling code";
            throw new InvalidNumberException("not a phone number: " + problem + "; write + and the country code first");
        }
        requirePossible(number);
        return PLANS.format(number, PhoneNumberFormat.E164);
    }

    /** Other readings of what is not valid in the default region; what was read before if none is better. */
    private static Phonenumber.@Nullable PhoneNumber elsewhere(
            String text, String region, Phonenumber.@Nullable PhoneNumber first) {
        String other = null;
        if (text.startsWith("00")) {
            other = "+" + text.substring(2);
        } else if (first != null) {
            Matcher mexican = OLD_MEXICAN.matcher(PLANS.format(first, PhoneNumberFormat.E164));
            other = mexican.matches() ? "+52" + mexican.group(1) : null;
        }
        Phonenumber.PhoneNumber second = other == null ? null : tryRead(other, region);
        boolean better = second != null && (first == null || PLANS.isPossibleNumber(second));
        return better ? second : first;
    }

    private static Phonenumber.@Nullable PhoneNumber tryRead(String text, String region) {
        try {
            return PLANS.parse(text, region);
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static void requirePossible(Phonenumber.PhoneNumber number) {
        ValidationResult result = PLANS.isPossibleNumberWithReason(number);
        String problem = switch (result) {
            case IS_POSSIBLE -> null;
            case IS_POSSIBLE_LOCAL_ONLY -> "its area code is missing";
            case INVALID_COUNTRY_CODE -> "no country has its calling code";
            case TOO_SHORT -> "it is too short for its country (a short code cannot receive a text)";
            case TOO_LONG -> "it is too long for its country";
            case INVALID_LENGTH -> "no number of its country has that length";
        };
        if (problem != null) {
            throw new InvalidNumberException(
                    "not a phone number: " + problem + "; check the digits, the country code and the home country");
        }
    }

    static String requireRegion(String region) {
        String upper = region.toUpperCase(Locale.ROOT);
        if (!upper.equals(NOWHERE) && !PLANS.getSupportedRegions().contains(upper)) {
            throw new IllegalArgumentException(
                    "a default region is an ISO 3166 code of two letters that has phones, like US, GB or DE, or ZZ for none; got '"
                            + (region.length() > 8 ? region.substring(0, 8) + "…" : region) + "'");
        }
        return upper;
    }

    static boolean isValid(String e164) {
        return MEMO.of(e164).valid();
    }

    /** What the plans say of a number, however often it was asked before. */
    static NumberMemo.Known lookUp(String e164) {
        return new NumberMemo.Known(e164, findValid(e164), findRegion(e164));
    }

    private static boolean findValid(String e164) {
        Phonenumber.PhoneNumber split = split(e164);
        if (split != null && PLANS.isValidNumber(split)) {
            return true;
        }
        Phonenumber.PhoneNumber number = tryRead(e164, WORLD);
        return number != null && PLANS.isValidNumber(number);
    }

    /**
     * Calling code and the rest, as {@code parse} finds them in its own output, for a hundredth of the time. A number that
     * did not come from there may still have a prefix that only {@code parse} takes off, so this proves validity, never
     * the opposite.
     */
    private static Phonenumber.@Nullable PhoneNumber split(String e164) {
        int code = 0;
        for (int rest = 2; rest <= 1 + LONGEST_CALLING_CODE && rest < e164.length(); rest++) {
            code = 10 * code + (e164.charAt(rest - 1) - '0');
            if (CALLING_CODES.contains(code)) {
                return assembled(code, e164.substring(rest));
            }
        }
        return null;
    }

    private static Phonenumber.PhoneNumber assembled(int callingCode, String rest) {
        Phonenumber.PhoneNumber number =
                new Phonenumber.PhoneNumber().setCountryCode(callingCode).setNationalNumber(Long.parseLong(rest));
        int zeros = 0;
        while (zeros < rest.length() - 1 && rest.charAt(zeros) == '0') {
            zeros++;
        }
        if (zeros > 0) {
            number.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
        }
        return number;
    }

    static boolean isPossible(String e164) {
        Phonenumber.PhoneNumber number = tryRead(e164, WORLD);
        return number != null && PLANS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
    }

    static int callingCode(String e164) {
        Phonenumber.PhoneNumber number = tryRead(e164, WORLD);
        return number == null ? 0 : number.getCountryCode();
    }

    static Optional<String> region(String e164) {
        return MEMO.of(e164).region();
    }

    private static Optional<String> findRegion(String e164) {
        Phonenumber.PhoneNumber split = split(e164);
        String region = split == null ? null : PLANS.getRegionCodeForNumber(split);
        if (region == null) {
            Phonenumber.PhoneNumber number = tryRead(e164, WORLD);
            if (number == null) {
                return Optional.empty();
            }
            String exact = PLANS.getRegionCodeForNumber(number);
            region = exact == null ? PLANS.getRegionCodeForCountryCode(number.getCountryCode()) : exact;
        }
        return WORLD.equals(region) ? Optional.empty() : Optional.of(region);
    }

    static Set<ZoneId> zones(String e164) {
        Phonenumber.PhoneNumber split = split(e164);
        Phonenumber.PhoneNumber number = split == null ? tryRead(e164, WORLD) : split;
        return number == null ? Set.of() : NumberZones.of(number, region(e164));
    }

    static PhoneNumber.Kind kind(String e164) {
        Phonenumber.PhoneNumber number = tryRead(e164, WORLD);
        if (number == null) {
            return PhoneNumber.Kind.UNKNOWN;
        }
        return switch (PLANS.getNumberType(number)) {
            case MOBILE -> PhoneNumber.Kind.MOBILE;
            case FIXED_LINE -> PhoneNumber.Kind.FIXED_LINE;
            case FIXED_LINE_OR_MOBILE -> PhoneNumber.Kind.FIXED_LINE_OR_MOBILE;
            case TOLL_FREE -> PhoneNumber.Kind.TOLL_FREE;
            case PREMIUM_RATE -> PhoneNumber.Kind.PREMIUM_RATE;
            case SHARED_COST -> PhoneNumber.Kind.SHARED_COST;
            case VOIP -> PhoneNumber.Kind.VOIP;
            case PERSONAL_NUMBER -> PhoneNumber.Kind.PERSONAL;
            case PAGER, UAN, VOICEMAIL -> PhoneNumber.Kind.OTHER;
            case UNKNOWN -> PhoneNumber.Kind.UNKNOWN;
        };
    }
}
