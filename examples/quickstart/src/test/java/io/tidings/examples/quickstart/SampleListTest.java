package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.examples.quickstart.RejectedRow.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleListTest {

    @Test
    void the_committed_files_are_what_the_generator_writes() throws IOException {
        for (var file : SampleListMain.files().entrySet()) {
            try (InputStream committed = QuickstartMain.class.getResourceAsStream(file.getKey())) {
                assertThat(new String(committed.readAllBytes(), StandardCharsets.UTF_8))
                        .as(file.getKey())
                        .isEqualTo(file.getValue());
            }
        }
    }

    @Test
    void the_list_has_a_thousand_rows_from_sixty_countries_with_every_kind_of_mistake() {
        RecipientList list = RecipientList.read(QuickstartMain.class.getResourceAsStream("recipients.csv"));

        assertThat(list.rows()).isEqualTo(1000);
        assertThat(countries(list)).hasSize(60);
        assertThat(list.rejected().stream().map(RejectedRow::kind).collect(Collectors.toSet()))
                .contains(
                        Kind.BROKEN_ROW, Kind.MISSING_FIELD, Kind.INVALID_NUMBER, Kind.SPREADSHEET, Kind.INVALID_FIELD);
    }

    @Test
    void five_of_its_countries_are_closed() {
        RecipientList list = RecipientList.read(QuickstartMain.class.getResourceAsStream("recipients.csv"));
        Set<String> closed = countries(list);
        Arrays.asList(Destinations.open()).forEach(closed::remove);

        assertThat(closed).containsExactlyInAnyOrder("EG", "NG", "PK", "TR", "UA");
    }

    private static Set<String> countries(RecipientList list) {
        return list.recipients().stream()
                .map(each -> each.phone().region().orElseThrow())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
