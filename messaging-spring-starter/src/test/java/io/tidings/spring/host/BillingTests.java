package io.tidings.spring.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.spring.host.BillingHost.Billing;
import io.tidings.spring.host.BillingHost.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.PlatformTransactionManager;

/** What the application's own tests say. They know nothing of texts, and hold with the library and without. */
@SpringBootTest(
        classes = BillingHost.class,
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.datasource.generate-unique-name=true",
            "spring.flyway.locations=classpath:billing",
            "spring.jpa.hibernate.ddl-auto=validate",
            "spring.jackson.property-naming-strategy=SNAKE_CASE",
            "management.endpoint.health.show-details=always",
            "management.endpoints.web.exposure.include=health,beans"
        })
abstract class BillingTests {
    private static final String TOKEN = "b2f6d6b6-3f0e-4b1e-9a53-6a3d1f6c7a10";

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    ApplicationContext context;

    @Autowired
    Invoices invoices;

    @Autowired
    JdbcTemplate jdbc;

    HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        return http.send(request(user, path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String user, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = request(user, path)
                .header("Content-Type", "application/json")
                .header("Cookie", "XSRF-TOKEN=" + TOKEN)
                .header("X-XSRF-TOKEN", TOKEN)
                .POST(BodyPublishers.ofString(json))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String user, String path) {
        String port = context.getEnvironment().getProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        String login = user + ":" + (user.isEmpty() ? "" : user.charAt(0));
        return user.isEmpty()
                ? request
                : request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    static String bill(long cents) {
        return """
                {"customer": "Ana", "phone_number": "+12025550143", "amount_in_cents": %d}""".formatted(cents);
    }

    @Test
    void everybody_sees_the_home_page_and_only_logins_see_more() throws Exception {
        assertThat(get("", "/").body()).isEqualTo("Billing");
        assertThat(get("", "/invoices/1").statusCode()).isEqualTo(401);
        assertThat(get("", "/nothing").statusCode()).isEqualTo(401);
        assertThat(get("reader", "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void a_clerk_issues_an_invoice_and_others_may_read_it_in_the_json_of_the_house() throws Exception {
        HttpResponse<String> answer = post("clerk", "/invoices", bill(4_200));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"phone_number\":\"+12025550143\"", "\"amount_in_cents\":4200");
        String id = answer.body().replaceAll(".*\"id\":(\\d+).*", "$1");
        assertThat(get("reader", "/invoices/" + id).body()).isEqualTo(answer.body());
    }

    @Test
    void who_is_no_clerk_or_has_no_token_issues_none() throws Exception {
        long before = invoices.count();

        assertThat(post("reader", "/invoices", bill(1)).statusCode()).isEqualTo(403);
        HttpRequest forged = request("clerk", "/invoices")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(bill(1)))
                .build();
        assertThat(http.send(forged, BodyHandlers.ofString()).statusCode()).isEqualTo(403);

        assertThat(invoices.count()).isEqualTo(before);
    }

    @Test
    void a_wrong_invoice_leaves_nothing_and_gets_the_answer_of_the_house() throws Exception {
        long before = invoices.count();

        HttpResponse<String> answer = post("clerk", "/invoices", bill(-1));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"complaint\":\"nobody pays less than nothing\"}");
        assertThat(invoices.count()).isEqualTo(before);
    }

    @Test
    void the_history_of_flyway_has_its_scripts_alone_and_is_valid() {
        Flyway flyway = context.getBean(Flyway.class);

        flyway.validate();
        assertThat(flyway.info().all()).extracting(MigrationInfo::getScript).containsExactly("V1__invoices.sql");
    }

    @Test
    void there_is_one_pool_and_one_transaction_manager_and_it_is_jpas() {
        assertThat(context.getBeansOfType(DataSource.class)).hasSize(1);
        assertThat(context.getBeansOfType(PlatformTransactionManager.class).values())
                .singleElement()
                .isInstanceOf(JpaTransactionManager.class);
    }

    @Test
    void tasks_and_timers_run_on_the_threads_that_boot_makes(@Autowired Billing billing, @Autowired Timer timer)
            throws Exception {
        assertThat(billing.thread().get(30, TimeUnit.SECONDS)).startsWith("task-");
        assertThat(timer.ticked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(context.getBeanNamesForType(TaskExecutor.class)).contains("applicationTaskExecutor");
        assertThat(context.getBeanNamesForType(TaskScheduler.class)).containsExactly("taskScheduler");
        assertThat(context.getBeanNamesForType(Executor.class))
                .containsExactlyInAnyOrder("applicationTaskExecutor", "taskScheduler");
    }

    @Test
    void the_health_is_told_to_everybody_and_what_beans_there_are_is_not() throws Exception {
        HttpResponse<String> health = get("", "/actuator/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"printer\":{\"details\":{\"paper\":\"there is some\"},\"status\":\"UP\"}");
        assertThat(get("", "/actuator/beans").statusCode()).isEqualTo(401);
    }
}
