package io.tidings.jdbc.torture;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A sandbox and a node in one process, which load most of what each of them loads, and end orderly. See {@link ClassArchive}. */
final class Rehearsal {
    private static final int MESSAGES = 3;

    private Rehearsal() {}

    public static void main(String[] arguments) throws Exception {
        Path log = Files.createTempFile("tidings-rehearsal", ".log");
        SandboxBuilder settings = Sandbox.builder()
                .logFile(log)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.none());
        LocalTwilio.SENDERS.forEach(settings::sender);
        try (Sandbox sandbox = settings.start();
                HikariDataSource pool = Server.pool("jdbc:h2:mem:rehearsal", 1);
                Node node = new Node(pool, host(sandbox), builder -> builder)) {
            Orders shop = new Orders(node.tidings);
            shop.send(MESSAGES, Duration.ofMillis(5));
            shop.areDone(Duration.ofSeconds(30));
            shop.verdict(sandbox.log());
            meetPostgres();
        } finally {
            Files.delete(log);
        }
    }

    private static Host host(Sandbox sandbox) {
        return new Host(sandbox.url(), sandbox.accountSid(), sandbox.authToken(), Host.FAST);
    }

    /** The driver comes as far as it can where nobody listens. */
    private static void meetPostgres() {
        try {
            DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:1/none?sslmode=disable&gssEncMode=disable", "no", "")
                    .close();
        } catch (SQLException e) {
            // As expected.
        }
    }
}
