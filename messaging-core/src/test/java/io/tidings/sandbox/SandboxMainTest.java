package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxMainTest {
    private static final String ACCOUNT = "AC" + "0".repeat(32);

    @TempDir
    private Path folder;

    @Test
    void its_own_process_serves_and_its_log_outlives_a_kill() throws Exception {
        Path log = folder.resolve("truth.log");
        Process process =
                start("--log", log.toString(), "--account", ACCOUNT + ":secret", "--seed", "9", "--delays", "0");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertThat(line)
                    .matches("sandbox listening on http://127\\.0\\.0\\.1:[0-9]+ account=" + ACCOUNT
                            + " token=secret seed=9");
            String url = line.replaceFirst(".* on (\\S+) .*", "$1");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create(url + "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json"))
                                    .header(
                                            "Authorization",
                                            "Basic "
                                                    + Base64.getEncoder()
                                                            .encodeToString((ACCOUNT + ":secret")
                                                                    .getBytes(StandardCharsets.UTF_8)))
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            Api.form("To", "+12025550123", "From", "+12025550100", "Body", "token-7")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(201);
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }

        assertThat(SandboxLog.read(log).acceptedContaining("token-7")).hasSize(1);
    }

    @Test
    void a_wrong_argument_ends_the_process_with_status_2_and_a_sentence() throws Exception {
        Process process = start("--colour", "blue");

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("--colour is not known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port",
                "--port x",
                "--port 99999",
                "--seed 1.5",
                "--delays fast",
                "--account AC1",
                "--sender ?",
                "--sender +12025550100=x",
                "--concurrency 0",
                "--deliver-all yes",
                "port 1"
            })
    void wrong_arguments_are_refused(String arguments) {
        assertThatThrownBy(() -> SandboxMain.parse(arguments.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".+ .+ .+");
    }

    @Test
    void all_arguments_together_are_understood() {
        SandboxBuilder builder = SandboxMain.parse(
                "--port 0 --seed 4 --delays 0.1 --sender 20255=100 --sender TIDINGS --concurrency 7 --deliver-all"
                        .split(" ", -1));

        assertThat(builder.seed).isEqualTo(4);
        assertThat(builder.concurrencyLimit).isEqualTo(7);
        assertThat(builder.senders()).containsEntry("20255", 100.0).containsEntry("TIDINGS", 10.0);
        assertThat(builder.handsets().outcome("+12025550123", 1)).isEqualTo(new HandsetOutcome.Delivered());
    }

    private static Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
