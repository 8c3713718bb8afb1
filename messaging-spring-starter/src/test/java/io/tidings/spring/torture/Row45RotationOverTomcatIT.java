package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 45 as a host has it: the auth token is rotated in a file, while texts are asked for over the API and callbacks come in over
 * Tomcat. The provider signs with the new one and refuses the old one from one moment to the next, and nothing is restarted.
 */
@ExtendWith(SharedServer.class)
class Row45RotationOverTomcatIT {
    private static final int ROTATIONS = Size.of(2, 20);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void nothing_dies_and_no_callback_is_rejected_while_the_token_is_rotated(Database database) throws Exception {
        long seed = Size.seed();
        try (Board row = Board.row("45", "token rotated in a file, over Tomcat", seed, ROTATIONS + " rotations");
                Sandbox sandbox = Sandbox.builder()
                        .seed(seed)
                        .sender(AppMain.SENDER, 100_000)
                        .handsets(HandsetProfile.allDelivered())
                        .delays(Delays.realistic().times(0.02))
                        .start()) {
            Path file = folder.resolve("twilio.properties");
            write(file, sandbox.accountSid(), sandbox.authToken(), "0".repeat(32));
            Settings settings = Settings.of(database.url(), sandbox)
                    .with("torture.horizon", Duration.ofHours(1))
                    .without("tidings.twilio.account-sid")
                    .without("tidings.twilio.auth-token")
                    .with("tidings.twilio.source", "file")
                    .with("tidings.twilio.credentials-file", file);
            try (Host host = Host.start(settings, sandbox, beans -> {});
                    Load load = Load.of(host.api(), 2, Duration.ofMillis(10))) {
                for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                    rotate(sandbox, load, file, "%032x".formatted(rotation));
                }
                load.end();
                int texts = load.answered().size();
                boolean done = Await.until(SOON, () -> database.hasDelivered(texts));
                row.figure("%d texts, %d refused with the old token", texts, refused(sandbox));
                assertThat(done).as("%d of %s", texts, database.told()).isTrue();
                check(sandbox, load);
                row.passed();
            }
        }
    }

    /** Twilio's way: the second token is known to us first, then it becomes the first one there, and then here. */
    private static void rotate(Sandbox sandbox, Load load, Path file, String fresh) throws IOException {
        String old = sandbox.authToken();
        write(file, sandbox.accountSid(), old, fresh);
        awaitDelivered(sandbox, load);
        long refused = refused(sandbox);
        sandbox.rotateAuthToken(fresh);
        assertThat(Await.until(SOON, () -> refused(sandbox) > refused))
                .as("texts are under way in between")
                .isTrue();
        write(file, sandbox.accountSid(), fresh, old);
        awaitDelivered(sandbox, load);
    }

    /** Until all that was asked for until now has been delivered and told, so with the token of then at the latest. */
    private static void awaitDelivered(Sandbox sandbox, Load load) {
        Set<String> asked = load.answered();
        assertThat(Await.until(SOON, () -> told(sandbox).containsAll(asked))).isTrue();
    }

    private static Set<String> told(Sandbox sandbox) {
        Set<String> sids = sandbox.log().callbacks().stream()
                .filter(call ->
                        call.status().equals("delivered") && call.reply().status() == 204)
                .map(LogEntry.Callback::sid)
                .collect(Collectors.toSet());
        return sandbox.messages().stream()
                .filter(message -> sids.contains(message.sid()))
                .map(SandboxMessage::body)
                .collect(Collectors.toSet());
    }

    private static long refused(Sandbox sandbox) {
        return sandbox.log().creates().stream()
                .filter(request -> request.verdict().status() == 401)
                .count();
    }

    private static void check(Sandbox sandbox, Load load) {
        Map<String, Integer> sent = sandbox.log().acceptedByBody();
        assertThat(load.statuses()).containsOnlyKeys(201);
        assertThat(sent.keySet()).isEqualTo(load.answered());
        assertThat(sent.values()).containsOnly(1);
        assertThat(sandbox.log().callbacks())
                .extracting(call -> call.reply().status())
                .containsOnly(204);
    }

    /** As an operator or an agent does it: whole, or not at all. */
    private static void write(Path file, String account, String first, String second) throws IOException {
        Path next = Files.createTempFile(
                file.getParent(),
                "next",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                next,
                "TWILIO_ACCOUNT_SID=" + account + "\nTWILIO_AUTH_TOKEN=" + first + "\nTWILIO_AUTH_TOKEN_SECONDARY="
                        + second + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
