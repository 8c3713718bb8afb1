package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorCodesPageTest {

    @Test
    void the_page_in_the_documentation_is_what_the_table_says() throws IOException {
        Path page = Path.of("..", "docs", "error-codes.md");

        assertThat(Files.exists(page) ? Files.readString(page) : "(no such file)")
                .as(
                        "docs/error-codes.md is generated from the table; write it again with:%n  %s",
                        ErrorCodesPage.COMMAND)
                .isEqualTo(ErrorCodesPage.render(ErrorCodes.standard()));
    }

    @Test
    void every_code_has_one_anchor() {
        String page = ErrorCodesPage.render(ErrorCodes.standard());

        for (ErrorCode row : ErrorCodes.standard().all()) {
            assertThat(page).containsOnlyOnce("<a id=\"" + row.code() + "\"></a>");
        }
    }

    @Test
    void an_override_shows() {
        ErrorCode row = ErrorCodes.standard().of(30003).withWords("Off.", "Wait for it.");

        assertThat(ErrorCodesPage.render(ErrorCodes.standard().with(row)))
                .contains("<a id=\"30003\"></a>30003 | RETRY_LATER |  |  |  | yes | Off. | Wait for it. |");
    }
}
