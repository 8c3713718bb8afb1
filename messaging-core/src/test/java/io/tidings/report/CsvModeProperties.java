package io.tidings.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tuple;

/** Row 36 of the guarantees: no active cell in a spreadsheet, and reading gives back what was written. */
class CsvModeProperties {
    private static final int COLUMNS = 10;
    private static final String ACTIVE = "=+-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20";
    /** Cells in each table. */
    private static final int CELLS = 1_000;

    private static int cells() {
        return "full".equals(System.getProperty("tidings.torture")) ? 1_000_000 : 50_000;
    }

    Arbitrary<String> cell() {
        Arbitrary<String> hostile = Arbitraries.strings()
                .withChars("=+-@'\" ,;\t\r\n\0\uFEFF\u00A0\uFF1D\uFF0B\uFF0D\uFF20ab1")
                .ofMaxLength(6);
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(12);
        Arbitrary<String> known = Arbitraries.of(
                "", "'", "''", "'=", "=1+1", "+12025550143", "-2", "@SUM(A1)", " =1", "' =1", "\"", "\r\n", "#", "a,b");
        return Arbitraries.frequencyOf(Tuple.of(6, hostile), Tuple.of(3, any), Tuple.of(1, known));
    }

    Arbitrary<List<String>> table() {
        return cell().list().ofSize(CELLS);
    }

    @Example
    void random_tables_come_back_whole_and_no_cell_of_a_spreadsheet_is_active() throws IOException {
        long seed = Long.getLong("tidings.seed", 36L);
        for (CsvMode mode : CsvMode.values()) {
            RandomGenerator<List<String>> tables = table().generator(CELLS);
            Random random = new Random(seed);
            for (int table = 0; table < cells() / CELLS; table++) {
                check(
                        "seed " + seed + ", table " + table,
                        mode,
                        tables.next(random).value());
            }
        }
    }

    private static void check(String which, CsvMode mode, List<String> cells) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        for (int at = 0; at < cells.size(); at += COLUMNS) {
            lines.add(cells.subList(at, at + COLUMNS));
        }
        List<List<String>> raw = read(mode, write(mode, lines));
        if (mode == CsvMode.SPREADSHEET) {
            raw.forEach(line -> line.forEach(CsvModeProperties::assertInert));
        }
        assertThat(raw.stream()
                        .map(line -> line.stream().map(mode::read).toList())
                        .toList())
                .as("%s, %s", which, mode)
                .isEqualTo(lines);
    }

    private static void assertInert(String cell) {
        String shown = cell.replaceFirst("^[ \u00A0]+", "");
        assertThat(!shown.isEmpty() && ACTIVE.indexOf(shown.charAt(0)) >= 0)
                .as("active: %s", cell.codePoints().boxed().toList())
                .isFalse();
    }

    private static String write(CsvMode mode, List<List<String>> lines) throws IOException {
        StringWriter out = new StringWriter();
        CsvTable table = new CsvTable(out, mode);
        lines.forEach(table::line);
        table.flush();
        return out.toString();
    }

    private static List<List<String>> read(CsvMode mode, String text) throws IOException {
        String content = mode == CsvMode.SPREADSHEET ? text.substring(1) : text;
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().skipEmptyLines(false).ofCsvRecord(content)) {
            return reader.stream().map(CsvRecord::getFields).toList();
        }
    }
}
