package io.tidings.message;

import java.util.regex.Pattern;

/** What may stand in a text that is said to be a phone number. Its errors never repeat the text. */
final class NumberText {
    private static final int LONGEST = 64;
    private static final Pattern SPREADSHEET = Pattern.compile("[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+");
    private static final String PUNCTUATION = "()[].-/（）．／";

    private NumberText() {}

    /** The text without blanks around it, with ASCII digits. */
    static String check(String text) {
        String clean = text.strip();
        if (clean.isEmpty()) {
            throw refuse("it is empty");
        }
        if (clean.length() > LONGEST) {
            throw refuse("it has " + clean.length() + " characters; one number per field");
        }
        if (SPREADSHEET.matcher(clean).matches()) {
            throw refuse("a spreadsheet has rounded it (to something like 1.2E+10) and its digits are lost;"
                    + " format the column as text and export it again");
        }
        StringBuilder ascii = new StringBuilder(clean.length());
        boolean digits = false;
        for (int at = 0, code; at < clean.length(); at += Character.charCount(code)) {
            code = clean.codePointAt(at);
            requireKnown(code, at, digits);
            digits |= Character.isDigit(code);
            ascii.appendCodePoint(Character.isDigit(code) ? '0' + Character.digit(code, 10) : code);
        }
        if (!digits) {
            throw refuse("it has no digits");
        }
        return ascii.toString();
    }

    private static void requireKnown(int code, int at, boolean digitsBefore) {
        int type = Character.getType(code);
        if (code == '+' || code == '＋') {
            if (digitsBefore) {
                throw refuse("the + at position " + at + " must come before all digits; one number per field");
            }
        } else if (Character.isLetter(code)) {
            throw refuse("it holds a letter at position " + at
                    + "; write vanity numbers in digits, and leave extensions and words out");
        } else if (code == '#' || code == '*' || code == ';' || code == ',') {
            throw refuse("it holds an extension or dial string (position " + at
                    + "), which a text cannot reach; leave it out");
        } else if (isInvisible(type, code)) {
            throw refuse(String.format(
                    "it holds the invisible character U+%04X at position %d; delete it, it came by copy and paste",
                    code, at));
        } else if (!isOrdinary(type, code)) {
            throw refuse(String.format("U+%04X at position %d does not belong into a number", code, at));
        }
    }

    private static boolean isInvisible(int type, int code) {
        return switch (type) {
            case Character.FORMAT,
                    Character.CONTROL,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            default -> code == 0x2800 || code == 0x3164;
        };
    }

    private static boolean isOrdinary(int type, int code) {
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.SPACE_SEPARATOR
                || type == Character.DASH_PUNCTUATION
                || PUNCTUATION.indexOf(code) >= 0;
    }

    private static InvalidNumberException refuse(String why) {
        return new InvalidNumberException("not a phone number: " + why);
    }
}
