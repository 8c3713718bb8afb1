package io.tidings.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.TenantId;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxMessage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole garage over HTTP, with the sandbox. */
class GarageTest {
    private static final String ANA = "+12025550143";

    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
    private final Sandbox sandbox = Sandbox.builder().sender("+12025550100").start();
    private final GarageServer server;
    private Garage garage;

    GarageTest() throws IOException {
        server = GarageServer.on(0);
    }

    @BeforeEach
    void open() throws SQLException {
        garage = GarageMain.open(pool, sandbox, server);
    }

    @AfterEach
    void close() {
        garage.close();
        server.close();
        sandbox.close();
        pool.dispose();
    }

    private HttpResponse<String> call(String method, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(path))
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30));
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static void within30Seconds(String what, Callable<Boolean> happened) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!happened.call()) {
            assertThat(System.nanoTime()).as(what + " within 30 s").isLessThan(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private List<String> textsTo(String number) {
        return sandbox.messages().stream()
                .filter(message -> message.to().equals(number))
                .map(SandboxMessage::body)
                .toList();
    }

    @Test
    void an_owner_is_told_once_and_the_callback_marks_the_car() throws Exception {
        String first = call("POST", "/cars/1/ready").body();
        assertThat(call("POST", "/cars/1/ready").body()).isEqualTo(first);

        within30Seconds("the receipt comes", () -> call("GET", "/cars").body().contains("owner told"));
        assertThat(textsTo(ANA)).containsExactly("Hi Ana, your car is ready.");
        assertThat(call("GET", "/cars").body()).doesNotContain("2025550143");
    }

    @Test
    void a_car_that_is_not_ready_after_all_tells_nobody() throws Exception {
        assertThatThrownBy(() -> garage.run(connection -> {
                    Cars.ready(connection, 2);
                    garage.tidings()
                            .sms()
                            .to("+12025550144")
                            .text("Ready.")
                            .key("k")
                            .send();
                    throw new IllegalStateException("the brakes still squeak");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(garage.tidings().find(TenantId.DEFAULT, "k")).isEmpty();
        assertThat(garage.cars().get(1).ready()).isFalse();
        assertThat(textsTo("+12025550144")).isEmpty();
    }

    @Test
    void a_question_is_answered_from_the_garages_own_table() throws Exception {
        sandbox.reply(ANA, "+12025550100", "Where?");
        within30Seconds("the answer comes", () -> textsTo(ANA).contains("Car 1 is still in work."));

        sandbox.reply("+12025550199", "+12025550100", "where");
        within30Seconds("the answer comes", () -> textsTo("+12025550199").contains("We have no car of yours."));
    }

    @Test
    void whatever_is_not_signed_is_refused() throws Exception {
        assertThat(call("POST", "/tidings/inbound").statusCode()).isEqualTo(403);
        assertThat(call("POST", "/tidings/status/k1/x").statusCode()).isEqualTo(403);
        assertThat(call("POST", "/cars/99/ready").statusCode()).isEqualTo(404);
        assertThat(call("POST", "/cars/one/ready").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/carsharing").statusCode()).isEqualTo(404);
    }
}
