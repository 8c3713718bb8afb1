package io.tidings.examples.quickstart;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tidings.examples.quickstart.RejectedRow.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a CSV file below a header that must be as expected; rows of another width are set aside. */
record CsvTable(List<Row> rows, List<RejectedRow> rejected) {

    /** A row; one of the right width has no blanks around its fields. */
    record Row(long line, List<String> fields) {}

    static CsvTable read(InputStream csv, List<String> header) {
        List<Row> rows = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>();
        boolean first = true;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .detectBomHeader(true)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(csv)) {
            for (CsvRecord each : records) {
                List<String> fields = each.getFields();
                if (first) {
                    requireHeader(header, fields);
                    first = false;
                } else {
                    sort(new Row(each.getStartingLineNumber(), fields), header, rows, rejected);
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw new UsageException("the file is no readable CSV: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (first) {
            throw new UsageException("the file is empty; its first line is " + String.join(",", header));
        }
        return new CsvTable(List.copyOf(rows), List.copyOf(rejected));
    }

    private static void sort(Row row, List<String> header, List<Row> rows, List<RejectedRow> rejected) {
        if (row.fields.size() != header.size()) {
            rejected.add(new RejectedRow(
                    row.line, Kind.BROKEN_ROW, row.fields.size() + " fields instead of " + header.size()));
        } else if (row.fields.stream().anyMatch(field -> field.indexOf('\n') >= 0)) {
            rejected.add(new RejectedRow(
                    row.line, Kind.BROKEN_ROW, "a line break within a field; a quotation mark may not be closed"));
        } else {
            rows.add(new Row(row.line, row.fields.stream().map(String::strip).toList()));
        }
    }

    private static void requireHeader(List<String> expected, List<String> found) {
        if (!found.equals(expected)) {
            throw new UsageException("the first line of the file must be " + String.join(",", expected));
        }
    }
}
