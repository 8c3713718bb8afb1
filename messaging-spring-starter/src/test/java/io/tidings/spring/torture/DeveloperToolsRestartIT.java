package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.SandboxLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application in a process of its own with Boot's developer tools, which restart it because a class of its own changed. It
 * has a database that stays, and texts before, over and after the restart.
 */
class DeveloperToolsRestartIT {
    private static final Duration MOST = Duration.ofMinutes(1);
    private static final Set<String> WAITING = Set.of("SCHEDULED", "QUEUED", "SENDING");

    private static final String ANA = "+12025550143";

    @TempDir
    private Path folder;

    private HttpClient http = HttpClient.newHttpClient();

    @Test
    void each_text_is_posted_once_and_nothing_holds_the_classes_that_were_replaced() throws Exception {
        Path classes = ownClasses();
        int port = freePort();
        try (Jvm application = start(classes, port)) {
            application.told("runs 1");
            reaches(port, text(port, "before"), "DELIVERED"::equals);
            answered(port, "Is it ready?");
            List<String> over = IntStream.range(0, 10)
                    .mapToObj(number -> text(port, "over " + number))
                    .toList();

            restart(application, classes, 2);
            // Their callbacks may have ended with the first sandbox.
            over.forEach(id -> reaches(port, id, status -> !WAITING.contains(status)));
            reaches(port, text(port, "after"), "DELIVERED"::equals);
            answered(port, "And now?");
            restart(application, classes, 3);

            // The first is held for ever by the hook that Boot registers for the end of the process.
            // Threads of the HTTP client that have nothing to do end after a minute.
            Await.until(MOST.multipliedBy(2), () -> call(port, "/loaders").equals("1 3"));
            assertThat(call(port, "/loaders")).isEqualTo("1 3");
        }
        assertThat(Stream.of(1, 2, 3)
                        .map(number -> folder.resolve("sandbox-" + number))
                        .flatMap(file -> posted(file).stream())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())))
                .isEqualTo(once());
    }

    /** A class of the application was compiled again. */
    private void restart(Jvm application, Path classes, int run) throws IOException {
        Files.setLastModifiedTime(
                classFile(classes, RestartedMain.class),
                FileTime.from(Instant.now().plusSeconds(run)));
        application.told("runs " + run);
        // The connections of the other one lead to a server that is gone.
        http = HttpClient.newHttpClient();
    }

    private static Map<String, Long> once() {
        return Stream.concat(
                        Stream.of("before", "You wrote: Is it ready?", "after", "You wrote: And now?"),
                        IntStream.range(0, 10).mapToObj(number -> "over " + number))
                .collect(Collectors.toMap(Function.identity(), text -> 1L));
    }

    private static List<String> posted(Path log) {
        return SandboxLog.read(log).creates().stream()
                .map(LogEntry.Request::create)
                .map(create ->
                        Objects.requireNonNull(Objects.requireNonNull(create).body()))
                .toList();
    }

    private Jvm start(Path classes, int port) {
        return Jvm.underDeveloperTools(
                RestartedMain.class,
                classes,
                // Spring's caches hold classes softly.
                List.of("-Xmx256m", "-XX:SoftRefLRUPolicyMSPerMB=0"),
                List.of(
                        "--restart.folder=" + folder,
                        "--server.port=" + port,
                        "--server.address=127.0.0.1",
                        "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("orders"),
                        "--spring.devtools.livereload.enabled=false",
                        "--spring.devtools.restart.poll-interval=200ms",
                        "--spring.devtools.restart.quiet-period=100ms",
                        "--tidings.provider=sandbox",
                        "--tidings.from=55512",
                        "--tidings.home-country=US",
                        "--tidings.public-url=https://shop.example.com"));
    }

    /** A folder with the classes of the application; of the rest it says that developer tools shall leave it alone. */
    private Path ownClasses() throws IOException {
        Path own = folder.resolve("own");
        for (Class<?> each : List.of(RestartedMain.class, RestartedMain.Garage.class)) {
            Path file = classFile(own, each);
            Files.createDirectories(file.getParent());
            try (InputStream in = each.getResourceAsStream(file.getFileName().toString())) {
                Files.copy(Objects.requireNonNull(in), file);
            }
        }
        Path settings = own.resolve("META-INF/spring-devtools.properties");
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, "restart.exclude.libraries=/(test-)?classes/\n");
        return own;
    }

    private static Path classFile(Path classes, Class<?> type) {
        return classes.resolve(type.getName().replace('.', '/') + ".class");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private String text(int port, String text) {
        return call(port, "/texts?to=" + encoded(ANA) + "&text=" + encoded(text));
    }

    private void reaches(int port, String id, Predicate<String> status) {
        assertThat(Await.until(MOST, () -> status.test(call(port, "/status?id=" + id))))
                .as(call(port, "/explain?id=" + id))
                .isTrue();
    }

    /** Somebody writes, and the answer is posted. */
    private void answered(int port, String text) {
        call(port, "/reply?from=" + encoded(ANA) + "&text=" + encoded(text));
        assertThat(Await.until(
                        MOST,
                        () -> Stream.of(1, 2, 3)
                                .map(number -> folder.resolve("sandbox-" + number))
                                .filter(Files::exists)
                                .anyMatch(log -> posted(log).contains("You wrote: " + text))))
                .isTrue();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String call(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(BodyPublishers.noBody())
                .timeout(MOST)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
