package io.tidings.retry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes {@code docs/error-codes.md}, or the file named by the first argument. Run it from the root of the project. */
public final class ErrorCodesPageMain {
    private ErrorCodesPageMain() {}

    /** Writes the page. */
    public static void main(String[] args) throws IOException {
        Path page = Path.of(args.length > 0 ? args[0] : "docs/error-codes.md");
        Files.writeString(page, ErrorCodesPage.render(ErrorCodes.standard()));
        System.out.println("wrote " + page);
    }
}
