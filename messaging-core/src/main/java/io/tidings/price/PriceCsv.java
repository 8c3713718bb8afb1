package io.tidings.price;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidings.message.Channel;
import io.tidings.message.Money;
import io.tidings.message.NotConfiguredException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a price book from CSV. */
final class PriceCsv {
    private static final List<String> COLUMNS = List.of("channel", "destination", "from", "price", "currency");

    private PriceCsv() {}

    static PriceBook book(Reader table) {
        List<Price> prices = read(table);
        try {
            return new PriceTable(prices);
        } catch (IllegalArgumentException e) {
            throw new NotConfiguredException("the price book has " + e.getMessage() + "; keep one of the lines");
        }
    }

    private static List<Price> read(Reader table) {
        List<Price> prices = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .skipEmptyLines(true)
                .ofNamedCsvRecord(table)) {
            for (NamedCsvRecord row : rows) {
                prices.add(price(row));
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw new NotConfiguredException("the price book is no readable CSV: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (prices.isEmpty()) {
            throw new NotConfiguredException("the price book has no line below its header " + COLUMNS
                    + "; leave the setting out to have unknown prices");
        }
        return prices;
    }

    private static Price price(NamedCsvRecord row) {
        try {
            return new Price(
                    Channel.valueOf(cell(row, "channel").toUpperCase(Locale.ROOT)),
                    cell(row, "destination"),
                    LocalDate.parse(cell(row, "from")),
                    Money.of(cell(row, "price"), cell(row, "currency")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new NotConfiguredException(
                    "price book, line " + row.getStartingLineNumber() + ": " + e.getMessage() + "; correct the line");
        }
    }

    private static String cell(NamedCsvRecord row, String column) {
        return row.findField(column)
                .map(String::strip)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the column '" + column + "' is missing; the columns are " + COLUMNS));
    }
}
