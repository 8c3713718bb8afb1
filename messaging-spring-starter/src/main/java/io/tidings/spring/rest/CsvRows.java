package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file in UTF-8 whose first line names the columns: {@code to}, optionally {@code key}, and either {@code text} or the
 * variables of the template that the call names.
 */
final class CsvRows implements BulkRow.Source {
    private static final int MOST_CHARACTERS = 64 * 1024;

    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private final @Nullable String template;

    CsvRows(InputStream bytes, @Nullable String template) {
        this.template = template;
        this.records = CsvReader.builder()
                .maxBufferSize(MOST_CHARACTERS)
                .detectBomHeader(true)
                .skipEmptyLines(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(bytes, StandardCharsets.UTF_8)
                .iterator();
        CsvRecord first = read();
        this.columns = first == null ? List.of() : first.getFields();
        Set<String> names = new HashSet<>(columns);
        if (!names.contains("to") || names.size() < columns.size()) {
            throw Problem.invalid("The first line of the file names its columns, each once, and one of them is to.");
        }
    }

    @Override
    public @Nullable BulkRow next() {
        CsvRecord record = read();
        return record == null ? null : row(record);
    }

    private @Nullable CsvRecord read() {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException e) {
            throw Problem.invalid("The file cannot be read on: a field is too long or its quotes do not end.");
        }
    }

    private BulkRow row(CsvRecord record) {
        long line = record.getStartingLineNumber();
        if (record.getFieldCount() != columns.size()) {
            return new BulkRow(
                    line,
                    null,
                    Problem.invalid("The line has " + record.getFieldCount() + " fields, the first line "
                            + columns.size() + "."));
        }
        ObjectNode json = Views.object();
        ObjectNode variables = Views.object();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i);
            boolean own = template == null || name.equals("to") || name.equals("key");
            // What is empty was not given: nobody wants to be called "Hi ,".
            if (!record.getField(i).isEmpty()) {
                (own ? json : variables).put(name, record.getField(i));
            }
        }
        if (template != null) {
            json.putObject("template").put("name", template).set("variables", variables);
        }
        return new BulkRow(line, Fields.of(json), null);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
