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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartMainTest {
    private static final Pattern LAST =
            Pattern.compile("accepted=(\\d+) delivered=(\\d+) failed=(\\d+) refused=(\\d+) given_up=(\\d+)"
                    + " policy_duplicates=(\\d+) duplicates=0 lost=0 audit=intact");

    private final Console console = Console.withoutAnybody();

    @TempDir
    private Path folder;

    @Test
    void every_row_of_a_list_is_accounted_for() throws Exception {
        Path list = rows(4);
        Path optOuts = Files.writeString(folder.resolve("opt-outs.csv"), "phone,country\n(202) 555-0100,US\n");

        int exit = console.run(
                Map.of("TIDINGS_SEED", "3"), "--calm", "--csv", list.toString(), "--opt-outs", optOuts.toString());

        assertThat(console.err()).isEmpty();
        assertThat(exit).isZero();
        Matcher last = LAST.matcher(console.lastLine());
        assertThat(last.matches()).as(console.lastLine()).isTrue();
        assertThat(console.out()).contains("and calm").doesNotContain("mishaps of the carrier");
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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void a_hostile_sandbox_loses_nothing_and_sends_nothing_twice_by_accident(int seed) throws Exception {
        Path list = rows(6);

        int exit = console.run(Map.of(), "--seed", Integer.toString(seed), "--csv", list.toString());

        assertThat(exit).as(console.out()).isZero();
        Matcher last = LAST.matcher(console.lastLine());
        assertThat(last.matches()).as(console.lastLine()).isTrue();
        assertThat(IntStream.of(2, 3, 5)
                        .map(group -> Integer.parseInt(last.group(group)))
                        .sum())
                .isEqualTo(Integer.parseInt(last.group(1)));
        assertThat(console.out()).contains("mishaps of the carrier", "lost-after-accept", "audit trail, verified");
        assertThat(named("given up")).isEqualTo(Integer.parseInt(last.group(5)));
        assertThat(named("policy duplicate")).isEqualTo(Integer.parseInt(last.group(6)));
    }

    /** How many messages are named with this verdict, each on a line of its own with its order. */
    private long named(String verdict) {
        Pattern line = Pattern.compile("  " + verdict + " +T26-\\d+ .*");
        return console.out().lines().filter(line.asMatchPredicate()).count();
    }

    @Test
    void help_explains_every_option() throws InterruptedException {
        assertThat(console.run(Map.of(), "--help")).isZero();
        assertThat(console.out())
                .contains(
                        "--seed",
                        "--hostility",
                        "--calm",
                        "--csv",
                        "--live",
                        "--to",
                        "--yes",
                        "--public-url",
                        "TWILIO_ACCOUNT_SID");
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

    private Path rows(int nth) throws IOException {
        try (InputStream bundled = QuickstartMain.class.getResourceAsStream("recipients.csv")) {
            List<String> lines = new String(bundled.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            List<String> some = IntStream.range(0, lines.size())
                    .filter(line -> line % nth == 1 || line == 0)
                    .mapToObj(lines::get)
                    .toList();
            return Files.write(folder.resolve("list.csv"), some);
        }
    }
}
