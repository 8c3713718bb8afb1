package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void without_options_a_seed_is_drawn_for_the_bundled_list() {
        assertThat(parse(Map.of())).isEqualTo(new Command.SandboxRun(99, "hostile", null, null, null));
    }

    @Test
    void the_option_wins_over_the_environment_and_the_environment_over_chance() {
        Map<String, String> environment = Map.of("TIDINGS_SEED", "7");

        assertThat(parse(environment)).isEqualTo(new Command.SandboxRun(7, "hostile", null, null, null));
        assertThat(parse(environment, "--seed", "-5"))
                .isEqualTo(new Command.SandboxRun(-5, "hostile", null, null, null));
        assertThat(parse(environment, "--seed=5")).isEqualTo(new Command.SandboxRun(5, "hostile", null, null, null));
    }

    @Test
    void the_sandbox_is_hostile_unless_told_otherwise() {
        assertThat(parse(Map.of(), "--calm")).isEqualTo(new Command.SandboxRun(99, "calm", null, null, null));
        assertThat(parse(Map.of(), "--hostility=brutal"))
                .isEqualTo(new Command.SandboxRun(99, "brutal", null, null, null));
    }

    @Test
    void a_list_of_ones_own_may_have_opt_outs() {
        assertThat(parse(Map.of(), "--csv", "a.csv", "--opt-outs", "b.csv"))
                .isEqualTo(new Command.SandboxRun(99, "hostile", Path.of("a.csv"), Path.of("b.csv"), null));
    }

    @Test
    void a_live_run_waits_two_minutes_and_asks_unless_told_otherwise() {
        assertThat(parse(Map.of(), "--live", "--to", "+12025550143"))
                .isEqualTo(new Command.LiveRun("+12025550143", null, null, null, Duration.ofMinutes(2), false));
        assertThat(parse(
                        Map.of(),
                        "--live",
                        "--to=+12025550143",
                        "--from=55512",
                        "--text=Hello there",
                        "--public-url=https://example.com/in",
                        "--port=81",
                        "--timeout=9",
                        "--yes"))
                .isEqualTo(new Command.LiveRun(
                        "+12025550143",
                        "55512",
                        "Hello there",
                        new Command.Callbacks(URI.create("https://example.com/in"), 81),
                        Duration.ofSeconds(9),
                        true));
    }

    @Test
    void help_wins_over_everything_that_is_understood() {
        assertThat(parse(Map.of(), "--live", "--help")).isEqualTo(new Command.Help());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --nonsense                            | no option --nonsense
                    recipients.csv                        | no option recipients.csv
                    --seed                                | --seed needs a value
                    --seed --csv                          | --seed needs a value
                    --seed x                              | the seed is a whole number
                    --seed 1 --seed 2                     | --seed is given twice
                    --hostility kind                      | --hostility is calm, hostile or brutal
                    --calm --hostility brutal             | --calm and --hostility are given both
                    --calm --live --to +12025550143       | --calm decides a simulated run
                    --opt-outs b.csv                      | --opt-outs belongs to a list of your own
                    --to +12025550143                     | --to belongs to --live
                    --yes                                 | --yes belongs to --live
                    --live                                | --live needs --to
                    --live --to +1 --csv a.csv            | takes no list
                    --live --to +1 --opt-outs a.csv       | takes no list
                    --live --to +1 --seed 4               | --seed decides a simulated run
                    --live --to +1 --port 80              | --port belongs to --public-url
                    --live --to +1 --public-url nowhere   | --public-url is an address
                    --live --to +1 --public-url https://a.example --port 99999 | --port is a whole number from 0 to 65535
                    --live --to +1 --timeout 0            | --timeout is a whole number from 1 to 3600
                    """)
    void what_is_not_understood_is_named(String arguments, String complaint) {
        assertThatThrownBy(() -> parse(Map.of(), arguments.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(complaint);
    }

    private static Command parse(Map<String, String> environment, String... arguments) {
        return CommandLine.parse(List.of(arguments), environment, () -> 99);
    }
}
