package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.sandbox.Sandbox;
import io.tidings.test.SignedWebhook;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.servlet.filter.OrderedHiddenHttpMethodFilter;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** What the provider calls, over real sockets of a real Tomcat, as the public address signs it. */
class WebhooksOverHttpTest {
    private static final String PUBLIC = "https://shop.example.com/tidings/webhooks";
    private static final String ANA = "+12025550143";
    private static final String SID = "SM" + "1".repeat(32);

    private final HttpClient http = HttpClient.newHttpClient();

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner(
                    AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(AutoConfigurations.of(
                    TomcatServletWebServerAutoConfiguration.class,
                    HttpEncodingAutoConfiguration.class,
                    SandboxTransportAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class,
                    TidingsWebhookAutoConfiguration.class))
            .withPropertyValues(
                    "server.port=0",
                    "server.address=127.0.0.1",
                    "tidings.provider=sandbox",
                    "tidings.store=memory",
                    "tidings.public-url=https://shop.example.com");

    private static URI url(AssertableWebApplicationContext context, String path) {
        AnnotationConfigServletWebServerApplicationContext server =
                (AnnotationConfigServletWebServerApplicationContext) context.getSourceApplicationContext();
        return URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + path);
    }

    private static Secret token(AssertableWebApplicationContext context) {
        return new Secret(context.getBean(Sandbox.class).authToken());
    }

    private static SignedWebhook text(String sid, String text) {
        return SignedWebhook.inbound(URI.create(PUBLIC + "/inbound"), sid, ANA, "+12025550100", text);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI url, SignedWebhook webhook, Secret token, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header("X-Twilio-Signature", webhook.signature(token))
                .POST(BodyPublishers.ofByteArray(webhook.body()));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static List<String> heard(AssertableWebApplicationContext context) {
        Tidings tidings = context.getBean(Tidings.class);
        return tidings.conversation(TenantId.DEFAULT, new PhoneNumber(ANA)).stream()
                .map(entry -> ((io.tidings.outbox.ConversationStore.Entry.Inbound) entry)
                        .message()
                        .text())
                .toList();
    }

    @Test
    void the_start_says_what_the_provider_calls() {
        runner.run(context -> assertThat(context.getBean(StartLine.class).text(context.getBean(Tidings.class), true))
                .endsWith("callbacks at " + PUBLIC));
    }

    @Test
    void a_signed_text_is_stored_once_however_often_it_comes() {
        runner.run(context -> {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = post(
                        url(context, "/tidings/webhooks/inbound"),
                        text(SID, "caf\u00e9 + 100 % \u20ac \ud83d\ude00"),
                        token(context));
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type"))
                        .hasValueSatisfying(type -> assertThat(type).startsWith("text/xml"));
                assertThat(answer.body()).contains("<Response");
            }

            assertThat(heard(context)).containsExactly("caf\u00e9 + 100 % \u20ac \ud83d\ude00");
            assertThat(context.getBean(Tidings.class).webhooks().counts().received())
                    .isEqualTo(3);
        });
    }

    @Test
    void whatever_is_not_signed_is_forbidden_on_every_path_and_by_every_method() {
        runner.run(context -> {
            for (String path : List.of(
                    "/inbound", "/status/a/b", "/", "/x", "/inbound/..;/x", "/status/%2e%2e/inbound", "/inbound?a=b")) {
                for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")) {
                    for (String type : List.of("application/json", "application/x-www-form-urlencoded", "text/plain")) {
                        HttpResponse<String> answer =
                                send(HttpRequest.newBuilder(url(context, "/tidings/webhooks" + path))
                                        .header("Content-Type", type)
                                        .header("X-Twilio-Signature", "bm90IHNpZ25lZA==")
                                        .method(method, BodyPublishers.ofString("From=%2B12025550143")));
                        assertThat(answer.statusCode())
                                .as(method + " " + path + " " + type)
                                .isIn(403, 404, 400);
                        if (!path.contains("..") && !path.contains("%2e")) {
                            assertThat(answer.statusCode())
                                    .as(method + " " + path + " " + type)
                                    .isEqualTo(403);
                        }
                    }
                }
            }
            Secret other = new Secret("another token than the account's");
            assertThat(post(url(context, "/tidings/webhooks/inbound"), text(SID, "hello"), other)
                            .statusCode())
                    .isEqualTo(403);

            assertThat(heard(context)).isEmpty();
        });
    }

    @Test
    void no_bytes_break_it_and_none_that_are_not_signed_change_anything() {
        long seed = Long.getLong("tidings.seed", 20261128L);
        int requests = Integer.getInteger("tidings.fuzz", 400);
        Random random = new Random(seed);
        runner.run(context -> {
            for (int i = 0; i < requests; i++) {
                byte[] body = random.nextInt(4) == 0
                        ? new byte[random.nextInt(300)]
                        : text(SID, "hello").body();
                for (int flips = random.nextInt(4); flips > 0 && body.length > 0; flips--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt();
                }
                String signature = random.nextBoolean()
                        ? text(SID, "hello").signature(new Secret("guessed " + random.nextInt()))
                        : "x".repeat(random.nextInt(60));
                HttpResponse<String> answer = send(HttpRequest.newBuilder(
                                url(context, "/tidings/webhooks/" + Integer.toString(random.nextInt(9999), 36)))
                        .header("Content-Type", random.nextBoolean() ? "application/x-www-form-urlencoded" : "a/b; c")
                        .header("X-Twilio-Signature", signature)
                        .POST(BodyPublishers.ofByteArray(body)));
                assertThat(answer.statusCode())
                        .as("seed %s, request %s", seed, i)
                        .isBetween(400, 499);
            }
            assertThat(heard(context)).isEmpty();
        });
    }

    @Test
    void signed_but_wrong_requests_are_told_what_is_wrong() {
        runner.run(context -> {
            Secret token = token(context);
            byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(json));
            String query = "?bodySHA256=" + hash;
            SignedWebhook signed = SignedWebhook.to(URI.create(PUBLIC + "/inbound" + query));
            HttpResponse<String> answer = send(HttpRequest.newBuilder(url(context, "/tidings/webhooks/inbound" + query))
                    .header("Content-Type", "application/json")
                    .header("X-Twilio-Signature", signed.signature(token))
                    .POST(BodyPublishers.ofByteArray(json)));
            assertThat(answer.statusCode()).isEqualTo(415);

            SignedWebhook huge = text(SID, "x".repeat(70_000));
            assertThat(post(url(context, "/tidings/webhooks/inbound"), huge, token)
                            .statusCode())
                    .isEqualTo(413);
            SignedWebhook lost = SignedWebhook.to(URI.create(PUBLIC + "/nothing"));
            assertThat(post(url(context, "/tidings/webhooks/nothing"), lost, token)
                            .statusCode())
                    .isEqualTo(404);
        });
    }

    @Test
    void spring_security_with_csrf_stays_as_it_is_and_does_not_stop_the_provider() {
        runner.withConfiguration(AutoConfigurations.of(
                        DispatcherServletAutoConfiguration.class,
                        SecurityAutoConfiguration.class,
                        ServletWebSecurityAutoConfiguration.class,
                        SecurityFilterAutoConfiguration.class))
                .run(context -> {
                    assertThat(post(url(context, "/tidings/webhooks/inbound"), text(SID, "hello"), token(context))
                                    .statusCode())
                            .isEqualTo(200);
                    assertThat(send(HttpRequest.newBuilder(url(context, "/tidings/webhooks/inbound"))
                                            .POST(BodyPublishers.noBody()))
                                    .statusCode())
                            .isEqualTo(403);
                    for (String path : List.of("/", "/tidings", "/tidings/webhooksx", "/orders")) {
                        assertThat(send(HttpRequest.newBuilder(url(context, path)))
                                        .statusCode())
                                .as(path)
                                .isEqualTo(401);
                    }
                    assertThat(heard(context)).containsExactly("hello");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class FormReaders {
        @Bean
        OrderedHiddenHttpMethodFilter hiddenMethods() {
            return new OrderedHiddenHttpMethodFilter();
        }

        @Bean
        FilterRegistrationBean<Filter> readerOfForms() {
            FilterRegistrationBean<Filter> reader = new FilterRegistrationBean<>((request, response, chain) -> {
                request.setCharacterEncoding("UTF-8");
                request.getParameter("Body");
                chain.doFilter(request, response);
            });
            reader.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return reader;
        }
    }

    @Test
    void a_form_that_a_filter_has_read_before_is_understood_all_the_same() {
        runner.withUserConfiguration(FormReaders.class).run(context -> {
            SignedWebhook webhook = text(SID, "caf\u00e9 & \u20ac=1").with("_method", "delete");
            assertThat(post(url(context, "/tidings/webhooks/inbound"), webhook, token(context))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(heard(context)).containsExactly("caf\u00e9 & \u20ac=1");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Proxied {
        @Bean
        FilterRegistrationBean<ForwardedHeaderFilter> forwarded() {
            FilterRegistrationBean<ForwardedHeaderFilter> filter =
                    new FilterRegistrationBean<>(new ForwardedHeaderFilter());
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }
    }

    @Test
    void behind_a_proxy_the_public_url_counts_and_no_header() {
        runner.withUserConfiguration(Proxied.class)
                .withPropertyValues(
                        "server.servlet.context-path=/inner",
                        "tidings.public-url=https://shop.example.com/outer",
                        "tidings.webhooks.path=/hooks")
                .run(context -> {
                    URI local = url(context, "/inner/hooks/inbound");
                    SignedWebhook right = SignedWebhook.inbound(
                            URI.create("https://shop.example.com/outer/hooks/inbound"),
                            SID,
                            ANA,
                            "+12025550100",
                            "hello");
                    assertThat(post(
                                            local,
                                            right,
                                            token(context),
                                            "X-Forwarded-Host",
                                            "evil.example.com",
                                            "X-Forwarded-Prefix",
                                            "/outer",
                                            "X-Forwarded-Proto",
                                            "http")
                                    .statusCode())
                            .isEqualTo(200);
                    SignedWebhook foreign = SignedWebhook.inbound(
                            URI.create("https://evil.example.com/outer/hooks/inbound"),
                            SID,
                            ANA,
                            "+12025550100",
                            "hello");
                    assertThat(post(local, foreign, token(context), "X-Forwarded-Host", "evil.example.com")
                                    .statusCode())
                            .isEqualTo(403);
                    assertThat(heard(context)).containsExactly("hello");
                });
    }

    @Test
    void beside_a_sandbox_callbacks_come_to_the_local_port_whatever_the_public_address_is() {
        runner.withPropertyValues(
                        "server.servlet.context-path=/inner", "tidings.public-url=https://shop.example.com/outer")
                .run(context -> {
                    Tidings tidings = context.getBean(Tidings.class);
                    tidings.start();
                    tidings.sms(ANA, "Your car is ready.");
                    context.getBean(Sandbox.class).handset(ANA).text("+12025550100", "coming");
                    until(() -> tidings.webhooks().counts().received() == 1
                            && tidings.webhooks().counts().kept() >= 2);

                    assertThat(tidings.webhooks().counts().forbidden()).isZero();
                    assertThat(tidings.conversation(TenantId.DEFAULT, new PhoneNumber(ANA)))
                            .extracting(entry -> entry.getClass().getSimpleName())
                            .contains("Inbound", "Outbound");
                });
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void it_is_not_there_if_it_is_switched_off_or_nobody_knows_where() {
        runner.withPropertyValues("tidings.webhooks.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("tidingsWebhookFilter"));
        runner.withPropertyValues("tidings.public-url=").run(context -> {
            assertThat(post(url(context, "/tidings/webhooks/inbound"), text(SID, "hello"), token(context))
                            .statusCode())
                    .isEqualTo(403);
        });
    }
}
