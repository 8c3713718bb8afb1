package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartMainTest {
    private static final Pattern LAST =
            Pattern.compile("accepted=(\\d+) delivered=(\\d+) failed=(\\d+) refused=(\\d+) given_up=(\\d+)"
                    + " policy_duplicates=\\d+ duplicates=0 lost=0");

    private final Console console = Console.withoutAnybody();

    @Test
    void every_row_of_a_list_is_accounted_for(@TempDir Path folder) throws Exception {
        Path list = everyFourthRow(folder);
        Path optOuts = Files.writeString(folder.resolve("opt-outs.csv"), "phone,country\n(202) 555-0100,US\n");

        int exit = console.run(Map.of("TIDINGS_SEED", "3"), "--csv", list.toString(), "--opt-outs", optOuts.toString());

        assertThat(console.err()).isEmpty();
        assertThat(exit).isZero();
        Matcher last = LAST.matcher(console.lastLine());
        assertThat(last.matches()).as(console.lastLine()).isTrue();
        int accepted = Integer.parseInt(last.group(1));
        int delivered = Integer.parseInt(last.group(2));
        int failed = Integer.parseInt(last.group(3));
        int refused = Integer.parseInt(last.group(4));
        assertThat(accepted).isEqualTo(delivered + failed);
        assertThat(last.group(5)).isEqualTo("0");
        assertThat(failed).isPositive();
        assertThat(accepted + refused + figure("  rejected") + figure("  repeated"))
                .isEqualTo(250);
        assertThat(console.out())
                .contains(
                        "seed 3",
                        "is not open",
                        "the recipient opted out",
                        "INVENTED prices",
                        "One of them, step by step")
                .doesNotContain("0100");
    }

    @Test
    void help_explains_every_option() throws InterruptedException {
        assertThat(console.run(Map.of(), "--help")).isZero();
        assertThat(console.out())
                .contains("--seed", "--csv", "--live", "--to", "--yes", "--public-url", "TWILIO_ACCOUNT_SID");
    }

    @Test
    void an_unknown_option_ends_with_two_and_says_where_help_is() throws InterruptedException {
        assertThat(console.run(Map.of(), "--fast")).isEqualTo(2);
        assertThat(console.err()).contains("there is no option --fast", "--help");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void a_list_that_is_not_there_ends_with_two() throws InterruptedException {
        assertThat(console.run(Map.of(), "--csv", "nowhere.csv")).isEqualTo(2);
        assertThat(console.err()).contains("nowhere.csv");
    }

    private int figure(String name) {
        return console.out()
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line ->
                        Integer.parseInt(line.substring(name.length()).strip().replaceAll(" .*", "")))
                .findFirst()
                .orElseThrow();
    }

    private static Path everyFourthRow(Path folder) throws IOException {
        try (InputStream bundled = QuickstartMain.class.getResourceAsStream("recipients.csv")) {
            List<String> lines = new String(bundled.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> some = IntStream.range(0, lines.size())
                    .filter(line -> line % 4 == 1 || line == 0)
                    .mapToObj(lines::get)
                    .toList();
            return Files.write(folder.resolve("list.csv"), some);
        }
    }
}
