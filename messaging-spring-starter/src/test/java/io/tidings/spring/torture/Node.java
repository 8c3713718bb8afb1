package io.tidings.spring.torture;

import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** An {@link AppMain} in a process of its own, one of several on this database; the provider's answers to it can be held. */
final class Node implements AutoCloseable {
    /** What Spring Boot says when it begins to drain the web server. */
    private static final String DRAINS = "Commencing graceful shutdown";

    private final HeldAnswers answers;
    private final Jvm process;
    private final Api api;

    private Node(HeldAnswers answers, Jvm process) {
        this.answers = answers;
        this.process = process;
        this.api = new Api(Integer.parseInt(process.told(AppMain.LISTENS)));
    }

    static Node start(Database database, Sandbox sandbox) {
        HeldAnswers answers = HeldAnswers.of(sandbox.port());
        Settings settings = Settings.of(database.url(), sandbox)
                .patient()
                .with("tidings.twilio.base-url", answers.url())
                .with("torture.horizon", Duration.ofSeconds(5))
                .with("management.endpoint.health.show-details", "always")
                .with("logging.level.org.springframework.boot.tomcat", "INFO");
        return new Node(answers, Jvm.start(AppMain.class, List.of("-Xmx256m"), settings.arguments()));
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
