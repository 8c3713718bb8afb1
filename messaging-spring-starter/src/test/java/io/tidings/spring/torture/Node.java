package io.tidings.spring.torture;

import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** An {@link AppMain} in a process of its own, one of several on this database; the provider's answers to it can be held. */
final class Node implements AutoCloseable {
    /** What Spring Boot says when it begins to drain the web server. */
    private static final String DRAINS = "Commencing graceful shutdown";

    /** Each is there for seconds: what the second compiler made of it would come too late. */
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private static final int MANY = 10;

    private final HeldAnswers answers;
    private final Jvm process;
    private final Api api;

    private Node(HeldAnswers answers, Jvm process) {
        this.answers = answers;
        this.process = process;
        this.api = new Api(Integer.parseInt(process.told(AppMain.LISTENS)));
    }

    /** What is started: from an archive if it is so often that making one pays. */
    static Program program(int starts, Database database, Sandbox sandbox) {
        Program program = Program.of(AppMain.class, OPTIONS);
        return starts < MANY ? program : program.archived(arguments(database, sandbox, sandbox.url()), AppMain.LISTENS);
    }

    static Node start(Program program, Database database, Sandbox sandbox) {
        HeldAnswers answers = HeldAnswers.of(sandbox.port());
        return new Node(answers, program.start(arguments(database, sandbox, answers.url())));
    }

    private static List<String> arguments(Database database, Sandbox sandbox, String provider) {
        return Settings.of(database.url(), sandbox)
                .patient()
                .with("tidings.twilio.base-url", provider)
                .with("torture.horizon", Duration.ofSeconds(5))
                .with("management.endpoint.health.show-details", "always")
                .with("logging.level.org.springframework.boot.tomcat", "INFO")
                .arguments();
    }

    HeldAnswers answers() {
        return answers;
    }

    Api api() {
        return api;
    }

    /** SIGTERM. */
    void terminate() {
        process.terminate();
    }

    /** Whether it hands nothing to the provider any more, as it says itself. */
    boolean hasStopped() {
        try {
            return api.get("/actuator/health/tidings").body().contains("\"worker\":\"off\"");
        } catch (IOException e) {
            return false;
        }
    }

    boolean drains() {
        return process.all().contains(DRAINS);
    }

    Duration end(Duration most) {
        return process.end(most);
    }

    String said() {
        return process.all();
    }

    @Override
    public void close() {
        process.close();
        answers.close();
    }
}
