package io.tidings.examples.quickstart;

import io.tidings.examples.quickstart.RejectedRow.Kind;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.PhoneNumber;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A list of recipients as it came: what can be texted, and what cannot, with line numbers.
 *
 * @param recipients in the order of the file
 * @param rejected in the order of the file
 */
record RecipientList(List<Recipient> recipients, List<RejectedRow> rejected) {
    static final List<String> HEADER = List.of("name", "phone", "country", "language", "order", "time");

    private static final Pattern ORDER = Pattern.compile("[A-Za-z0-9-]{3,32}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}(-[A-Z]{2})?");

    int rows() {
        return recipients.size() + rejected.size();
    }

    static RecipientList read(InputStream csv) {
        CsvTable table = CsvTable.read(csv, HEADER);
        List<Recipient> recipients = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>(table.rejected());
        for (CsvTable.Row row : table.rows()) {
            try {
                recipients.add(recipient(row));
            } catch (RowException e) {
                rejected.add(new RejectedRow(row.line(), e.kind, e.reason));
            }
        }
        rejected.sort(Comparator.comparingLong(RejectedRow::line));
        return new RecipientList(List.copyOf(recipients), List.copyOf(rejected));
    }

    private static Recipient recipient(CsvTable.Row row) {
        List<String> fields = row.fields();
        for (String required : List.of("name", "phone", "order", "time")) {
            if (field(fields, required).isEmpty()) {
                throw new RowException(Kind.MISSING_FIELD, required + " is empty");
            }
        }
        if (!ORDER.matcher(field(fields, "order")).matches()) {
            throw new RowException(Kind.INVALID_FIELD, "order is 3 to 32 letters, digits and dashes");
        }
        String language = field(fields, "language");
        if (!language.isEmpty() && !LANGUAGE.matcher(language).matches()) {
            throw new RowException(Kind.INVALID_FIELD, "language is a code like es or pt-BR");
        }
        return new Recipient(
                row.line(),
                field(fields, "name"),
                phone(field(fields, "phone"), field(fields, "country")),
                language.isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(language),
                field(fields, "order"),
                field(fields, "time"));
    }

    private static String field(List<String> fields, String name) {
        return fields.get(HEADER.indexOf(name));
    }

    /** A number in international form, or in the national form of the country. */
    static PhoneNumber phone(String text, String country) {
        boolean international = text.startsWith("+") || text.startsWith("00");
        if (country.isEmpty() && !international) {
            throw new RowException(Kind.MISSING_FIELD, "country is empty and the number has no country code");
        }
        try {
            return PhoneNumber.parse(text, country.isEmpty() ? "US" : country);
        } catch (InvalidNumberException e) {
            boolean mangled = String.valueOf(e.getMessage()).contains("spreadsheet");
            throw new RowException(mangled ? Kind.SPREADSHEET : Kind.INVALID_NUMBER, words(e));
        } catch (IllegalArgumentException e) {
            throw new RowException(Kind.INVALID_FIELD, "country is an ISO 3166 code like US or DE");
        }
    }

    private static String words(InvalidNumberException e) {
        return String.valueOf(e.getMessage()).replaceFirst("^not a phone number: ", "");
    }

    /** What is wrong with one row. */
    static final class RowException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Kind kind;
        private final String reason;

        RowException(Kind kind, String reason) {
            super(reason, null, false, false);
            this.kind = kind;
            this.reason = reason;
        }

        Kind kind() {
            return kind;
        }
    }
}
