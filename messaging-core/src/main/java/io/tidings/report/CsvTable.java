package io.tidings.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/** Writes lines of cells. For one thread. */
public final class CsvTable {
    private final CsvMode mode;
    private final CsvWriter lines;

    /** Writes to this one and leaves it open. */
    public CsvTable(Writer out, CsvMode mode) throws IOException {
        this.mode = mode;
        if (mode == CsvMode.SPREADSHEET) {
            out.write('\uFEFF');
        }
        this.lines = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
    }

    /** Writes one line. */
    public void line(List<String> cells) {
        lines.writeRecord(cells.stream().map(mode::written).toList());
    }

    /** Hands on what is written so far. */
    public void flush() throws IOException {
        try {
            lines.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
