package io.tidings.examples.quickstart;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A country of the list and its invented phone numbers.
 *
 * <p>Where the regulator keeps numbers for films and books, they are from there: North America 555-0100 to 0199, Ofcom,
 * ACMA, ARCEP, Bundesnetzagentur, PTS. Elsewhere they are neighbours of libphonenumber's own example.
 */
record Country(String iso, String language, int recipients) {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
    private static final List<String> AUSTRALIAN =
            List.of(("570006 570156 570157 570158 570159 570110 570313 570737 571266 571491 571804 572549 572665 572983"
                            + " 573770 573087 574118 574632 575254 575789 576398 576801 577426 577644 578957 578148")
                    .split(" "));
    private static final Map<String, String> RESERVED =
            Map.of("GB", "+447700900###", "FR", "+3363998####", "DE", "+4917139200##", "SE", "+467017406##");

    static List<Country> all() {
        Stream<String> named =
                Stream.of(("US en 170, CA en 40, GB en 70, AU en 24, FR fr 45, DE de 55, SE en 20, ES es 45,"
                                + " IT en 20, PT en 12, NL en 16, BE fr 12, AT de 18, CH de 14, DK en 10, NO en 10, FI en 10, IE en 12,"
                                + " PL pl 24, CZ en 10, SK en 8, HU en 8, RO en 10, BG en 8, GR en 8, HR en 8, SI en 8, EE en 8,"
                                + " LV en 8, LT en 8, LU fr 8, MX es 24, BR en 14, AR es 12, CL es 10, CO es 12, PE es 8, UY es 8,"
                                + " CR es 8, PA es 8, JP ja 20, KR en 10, SG en 10, HK en 10, TW en 8, TH en 8, MY en 8, PH en 10,"
                                + " IN en 20, ID en 10, VN en 8, NZ en 10, ZA en 10, KE en 8, IL en 8,"
                                // not open as destinations
                                + " NG en 10, UA en 8, PK en 8, EG en 8, TR en 8")
                        .split(", *"));
        return named.map(String::strip)
                .map(each -> each.split(" "))
                .map(each -> new Country(each[0], each[1], Integer.parseInt(each[2])))
                .toList();
    }

    /** The nth number, the same each time. */
    String e164(int nth) {
        String number = switch (iso) {
            case "US" ->
                "+1" + List.of(202, 212, 303, 305, 312, 415, 512, 617, 702, 808).get(nth / 100) + "55501"
                        + padded(nth % 100, 2);
            case "CA" -> "+1" + List.of(416, 514, 604).get(nth / 100) + "55501" + padded(nth % 100, 2);
            case "AU" -> "+61491" + AUSTRALIAN.get(nth);
            case "SE" -> "+4670174" + padded(605 + nth, 4);
            default -> RESERVED.containsKey(iso) ? fill(RESERVED.get(iso), nth) : neighbour(nth);
        };
        return number;
    }

    private static String fill(String pattern, int nth) {
        int places = (int) pattern.chars().filter(each -> each == '#').count();
        return pattern.substring(0, pattern.length() - places) + padded(nth, places);
    }

    private String neighbour(int nth) {
        String example = format(PLANS.getExampleNumberForType(iso, PhoneNumberType.MOBILE), PhoneNumberFormat.E164);
        String stem = example.substring(0, example.length() - 3);
        return IntStream.range(100, 1000)
                .mapToObj(tail -> stem + tail)
                .filter(each -> PLANS.isValidNumberForRegion(parsed(each), iso))
                .skip(nth)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(iso + " has too few numbers"));
    }

    static String format(String e164, PhoneNumberFormat format) {
        return format(parsed(e164), format);
    }

    private static String format(PhoneNumber number, PhoneNumberFormat format) {
        return PLANS.format(number, format);
    }

    private static PhoneNumber parsed(String e164) {
        try {
            return PLANS.parse(e164, "ZZ");
        } catch (NumberParseException e) {
            throw new IllegalStateException(e164, e);
        }
    }

    private static String padded(int number, int digits) {
        return String.format("%0" + digits + "d", number);
    }
}
