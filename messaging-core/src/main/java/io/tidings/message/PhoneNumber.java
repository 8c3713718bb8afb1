package io.tidings.message;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.regex.Pattern;

/**
 * A phone number in E.164 form. Prints itself masked.
 *
 * @param e164 a plus sign, the country code and the subscriber number: 8 to 16 characters (ITU-T E.164)
 */
public record PhoneNumber(String e164) {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    /** Takes a number that already is in E.164 form. Throws {@link InvalidNumberException} for anything else. */
    public PhoneNumber {
        if (!E164.matcher(e164).matches()) {
            throw new InvalidNumberException(
                    "a phone number is + followed by 7 to 15 digits, country code first; use PhoneNumber.parse for other forms");
        }
    }

    /** Reads an international or national form; national ones belong to the given ISO 3166 region, like {@code US}. */
    public static PhoneNumber parse(String text, String defaultRegion) {
        try {
            PhoneNumberUtil library = PhoneNumberUtil.getInstance();
            Phonenumber.PhoneNumber parsed = library.parse(text, defaultRegion);
            return new PhoneNumber(library.format(parsed, PhoneNumberFormat.E164));
        } catch (NumberParseException e) {
            throw new InvalidNumberException("not a phone number: " + e.getErrorType());
        }
    }

    @Override
    public String toString() {
        return e164.substring(0, 2) + "*".repeat(e164.length() - 4) + e164.substring(e164.length() - 2);
    }
}
