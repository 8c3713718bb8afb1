package io.tidings.examples.quickstart;

import io.tidings.examples.quickstart.RecipientList.RowException;
import io.tidings.message.PhoneNumber;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** People who want no texts. A row that cannot be read stops the run: whoever stands there would be texted. */
final class OptOutList {
    static final List<String> HEADER = List.of("phone", "country");

    private OptOutList() {}

    static List<PhoneNumber> read(InputStream csv) {
        CsvTable table = CsvTable.read(csv, HEADER);
        if (!table.rejected().isEmpty()) {
            RejectedRow first = table.rejected().get(0);
            throw new UsageException("the opt-outs, line " + first.line() + ": " + first.reason());
        }
        List<PhoneNumber> numbers = new ArrayList<>();
        for (CsvTable.Row row : table.rows()) {
            try {
                numbers.add(
                        RecipientList.phone(row.fields().get(0), row.fields().get(1)));
            } catch (RowException e) {
                throw new UsageException("the opt-outs, line " + row.line() + ": " + e.getMessage());
            }
        }
        return List.copyOf(numbers);
    }
}
