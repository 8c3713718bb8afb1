package io.tidings.benchmarks.bulk;

import io.tidings.benchmarks.Texts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of recipients, as a host exports it. */
final class Rows {
    static final String TEMPLATE =
            "Hello {{name}}, your car is ready at bay {{bay}}, order {{order}}. Reply STOP to end these messages.";

    private Rows() {}

    /** Writes a header and that many rows, a tenth of them with a quoted name. */
    static void write(Path file, int count) throws IOException {
        Texts texts = new Texts();
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write("phone,name,bay,order\n");
            for (int row = 1; row <= count; row++) {
                String name = row % 10 == 0 ? "\"Doe, Jo\"" : "Kim";
                csv.write(texts.next().to() + "," + name + "," + row % 9 + "," + row + "\n");
            }
        }
    }
}
