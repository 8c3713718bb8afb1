package io.tidings.examples.appointments;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole practice over HTTP, with the sandbox, as its command starts it. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:whole-practice;DB_CLOSE_DELAY=-1")
@ExtendWith(OutputCaptureExtension.class)
class AppointmentsMainTest {

    @Autowired
    Tidings tidings;

    @Autowired
    Sandbox sandbox;

    @Autowired
    AppointmentBook book;

    @Value("${local.server.port}")
    int port;

    /** A fixed one, so that the sandbox knows where to call back. */
    @DynamicPropertySource
    static void freePort(DynamicPropertyRegistry properties) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            int found = free.getLocalPort();
            properties.add("server.port", () -> found);
        }
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private MessageId reminder(long id) {
        return tidings.find(TenantId.DEFAULT, "reminder-" + id + "-0")
                .orElseThrow()
                .id();
    }

    @Test
    void by_day_a_patient_is_reminded_and_by_night_the_reminder_waits(CapturedOutput output) throws Exception {
        assertThat(tidings.await(reminder(1), Duration.ofSeconds(30)).status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(tidings.find(reminder(2)).orElseThrow().status()).isEqualTo(MessageStatus.SCHEDULED);
        assertThat(tidings.explain(reminder(2)).orElseThrow().text()).contains("quiet hour");

        sandbox.reply("+12025550143", "+12025550100", "yes");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (sandbox.messages().stream().noneMatch(message -> message.body().startsWith("Thank you, Ana"))) {
            assertThat(System.nanoTime()).as("the answer comes within 30 s").isLessThan(end);
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(book.find(1)).map(Appointment::state).contains(Appointment.State.CONFIRMED);
        assertThat(output.getAll()).contains("Ben").contains("quiet hour");
        assertThat(call("GET", "/appointments", "").body())
                .contains("CONFIRMED")
                .doesNotContain("2025550143");
    }

    @Test
    void an_appointment_is_booked_and_called_off_over_http() throws Exception {
        String booking = """
                {"name":"Dora","phone":"+12025550146","zone":"America/New_York","startsAt":"2199-05-01T15:00:00-04:00"}""";
        HttpResponse<String> booked = call("PUT", "/appointments/9", booking);
        assertThat(booked.statusCode()).isEqualTo(200);
        assertThat(booked.body()).contains("SCHEDULED").contains("2199-04-30T19:00:00Z");

        assertThat(call("DELETE", "/appointments/9", "").statusCode()).isEqualTo(204);
        assertThat(tidings.find(reminder(9)).orElseThrow().status()).isEqualTo(MessageStatus.CANCELED);
        assertThat(call("PUT", "/appointments/10", booking.replace("+12025550146", "+1"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(book.find(10)).isEmpty();
    }
}
