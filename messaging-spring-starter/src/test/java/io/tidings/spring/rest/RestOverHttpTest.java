package io.tidings.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.spring.rest.RestRig.Told;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The API over real sockets. */
class RestOverHttpTest {
    private static final String ANA = "+12025550143";

    private final RestRig rig = new RestRig().with("tidings.rest.requests-per-minute=1000000");

    private Told call(
            AssertableWebApplicationContext context, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return rig.call(context, method, path, body, headers);
    }

    @Test
    void a_message_is_sent_looked_at_explained_and_cancelled() {
        rig.run(context -> {
            Told sent = call(
                    context,
                    "POST",
                    "/messages",
                    "{\"to\":\"+12025550143\",\"text\":\"Your car is ready.\",\"tags\":{\"order\":\"42\"},\"at\":\"2199-01-01T00:00:00Z\"}",
                    "Idempotency-Key",
                    "order-42");
            assertThat(sent.status()).isEqualTo(201);
            String id = sent.json().get("id").textValue();
            assertThat(sent.response().headers().firstValue("Location")).contains("messages/" + id);
            assertThat(sent.json().get("status").textValue()).isEqualTo("SCHEDULED");

            assertThat(call(context, "GET", "/messages/" + id, "")
                            .json()
                            .get("text")
                            .textValue())
                    .isEqualTo("Your car is ready.");
            Told found = call(context, "GET", "/messages?tag=order:42&status=scheduled&to=%2B12025550143", "");
            assertThat(found.json().get("messages")).hasSize(1);
            assertThat(call(context, "GET", "/messages?status=delivered", "")
                            .json()
                            .get("messages"))
                    .isEmpty();
            Told why = call(context, "GET", "/messages/" + id + "/explanation", "");
            assertThat(why.json().get("acts").get(0).get("actor").textValue()).contains("loopback");

            Told cancelled = call(context, "POST", "/messages/" + id + "/cancel", "");
            assertThat(cancelled.json().get("status").textValue()).isEqualTo("CANCELED");
            assertThat(call(context, "POST", "/messages/" + id + "/cancel", "").code())
                    .isEqualTo("ended");
            assertThat(call(context, "POST", "/messages/" + id + "/replay", "").code())
                    .isEqualTo("not-dead");
            assertThat(call(context, "POST", "/messages/" + id + "/resend", "").status())
                    .isEqualTo(201);
        });
    }

    @Test
    void a_repeated_request_with_a_key_gives_the_first_receipt_and_other_content_is_a_conflict() {
        rig.run(context -> {
            String body = "{\"to\":\"+12025550143\",\"text\":\"Your car is ready.\"}";
            String first = call(context, "POST", "/messages", body, "Idempotency-Key", "k")
                    .json()
                    .get("id")
                    .textValue();

            assertThat(call(context, "POST", "/messages", body, "Idempotency-Key", "k")
                            .json()
                            .get("id")
                            .textValue())
                    .isEqualTo(first);
            Told other = call(context, "POST", "/messages", body.replace("ready", "gone"), "Idempotency-Key", "k");
            assertThat(other.status()).isEqualTo(409);
            assertThat(other.code()).isEqualTo("key-conflict");
        });
    }

    @Test
    void a_batch_is_sent_as_a_whole_or_not_at_all() {
        rig.run(context -> {
            String one = "{\"to\":\"+12025550143\",\"text\":\"Hi\",\"key\":\"a\"}";
            String bad = "{\"to\":\"+1\",\"text\":\"Hi\"}";
            Tidings tidings = context.getBean(Tidings.class);
            Told broken = call(context, "POST", "/messages/batch", "{\"messages\":[" + one + "," + bad + "]}");
            assertThat(broken.code()).isEqualTo("invalid-number");
            Told misspelt =
                    call(context, "POST", "/messages/batch", "{\"messages\":[" + one.replace("key", "kee") + "]}");
            assertThat(misspelt.json().get("detail").textValue()).contains("messages[0].kee");
            assertThat(call(context, "POST", "/messages/batch", "{\"messages\":[]}")
                            .code())
                    .isEqualTo("invalid-request");
            assertThat(tidings.counts()).isEmpty();

            String other = one.replace("43", "44").replace("\"a\"", "\"b\"");
            Told sent = call(context, "POST", "/messages/batch", "{\"messages\":[" + one + "," + other + "]}");
            assertThat(sent.status()).isEqualTo(201);
            assertThat(sent.json().get("receipts")).hasSize(2);
            Told again = call(context, "POST", "/messages/batch", "{\"messages\":[" + other + "]}");
            assertThat(again.json().get("receipts").get(0).get("id"))
                    .isEqualTo(sent.json().get("receipts").get(1).get("id"));
            assertThat(tidings.counts().values()).containsExactly(2L);
        });
    }

    @Test
    void mistakes_are_told_with_codes() {
        rig.with("tidings.tenant-settings=false").run(context -> {
            assertThat(call(context, "POST", "/messages", "{\"to\":\"+1\",\"text\":\"x\"}")
                            .code())
                    .isEqualTo("invalid-number");
            assertThat(call(context, "POST", "/messages", "{\"to\":\"+12025550143\",\"text\":\"\"}")
                            .code())
                    .isEqualTo("invalid-content");
            assertThat(call(context, "POST", "/messages", "{\"to\":\"+12025550143\",\"txt\":\"x\"}")
                            .code())
                    .isEqualTo("invalid-request");
            assertThat(call(context, "POST", "/messages", "{\"to\":\"+12025550143\",\"text\":\"x\",\"txt\":1}")
                            .code())
                    .isEqualTo("unknown-field");
            assertThat(call(context, "POST", "/messages", "{\"to\":").code()).isEqualTo("malformed-json");
            assertThat(call(context, "POST", "/messages", "{\"to\":1,\"to\":2}").code())
                    .isEqualTo("malformed-json");
            assertThat(call(context, "POST", "/messages", "[]").code()).isEqualTo("malformed-json");
            assertThat(call(
                                    context,
                                    "POST",
                                    "/messages",
                                    "{\"to\":\"+12025550143\",\"template\":{\"name\":\"nobody-wrote-it\"}}")
                            .code())
                    .isEqualTo("template-problem");
            Told wrong = call(context, "DELETE", "/messages", "");
            assertThat(wrong.code()).isEqualTo("method-not-allowed");
            assertThat(wrong.response().headers().firstValue("Allow")).contains("POST, GET");
            assertThat(call(context, "GET", "/nothing", "").code()).isEqualTo("not-found");
            assertThat(call(context, "GET", "/messages/no-id", "").code()).isEqualTo("not-found");
            assertThat(call(context, "GET", "/messages?limit=0", "").code()).isEqualTo("invalid-request");
            assertThat(call(context, "GET", "/messages?after=x", "").status()).isEqualTo(400);
            assertThat(call(context, "GET", "/tenants/default/settings", "").code())
                    .isEqualTo("not-configured");
            assertThat(call(context, "POST", "/messages", "x".repeat(1_100_000)).code())
                    .isEqualTo("too-large");
            assertThat(context.getBean(Tidings.class).counts()).isEmpty();
        });
    }

    @Test
    void no_body_breaks_it() {
        long seed = Long.getLong("tidings.seed", 20261129L);
        int requests = Integer.getInteger("tidings.fuzz", 400);
        Random random = new Random(seed);
        String body = "{\"to\":\"+12025550143\",\"text\":\"Hi\",\"tags\":{\"a\":\"b\"},\"at\":\"2199-01-01T00:00:00Z\","
                + "\"template\":{\"name\":\"x\",\"variables\":{}},\"expiresAfter\":\"PT2H\",\"category\":\"OTP\"}";
        rig.run(context -> {
            List<JsonPath> paths = paths(context);
            for (int i = 0; i < requests; i++) {
                StringBuilder broken = new StringBuilder(body);
                for (int flips = random.nextInt(5); flips > 0; flips--) {
                    broken.setCharAt(
                            random.nextInt(broken.length()), "{}[]\":,0a\u0000\ud83d".charAt(random.nextInt(11)));
                }
                JsonPath path = paths.get(random.nextInt(paths.size()));
                String at = path.path().replaceAll("\\{[a-z]+}", random.nextBoolean() ? "x" : "%2B12025550143");
                Told told = call(context, path.method(), at + "?limit=" + random.nextInt(5), broken.toString());
                assertThat(told.status())
                        .as("seed %s, request %s: %s", seed, i, path)
                        .isBetween(200, 499);
            }
        });
    }

    @Test
    void templates_consent_statistics_and_the_trail_are_there() {
        rig.run(context -> {
            assertThat(call(context, "PUT", "/templates/ready", "{\"text\":\"Hi {{name}}, it is ready.\"}")
                            .status())
                    .isEqualTo(201);
            Told updated = call(
                    context,
                    "PUT",
                    "/templates/ready",
                    "{\"text\":\"Hi {{name}}.\",\"texts\":{\"es\":\"Hola {{name}}.\"}}");
            assertThat(updated.json().get("version").intValue()).isEqualTo(2);
            assertThat(call(context, "GET", "/templates/ready", "").json().get("versions"))
                    .hasSize(2);
            assertThat(call(context, "GET", "/templates", "").json().get("templates"))
                    .hasSize(1);
            Told preview = call(
                    context,
                    "POST",
                    "/messages/preview",
                    "{\"to\":\"+12025550143\",\"template\":{\"name\":\"ready\",\"locale\":\"es-MX\",\"variables\":{\"name\":\"Ana\"}}}");
            assertThat(preview.json().get("text").textValue()).isEqualTo("Hola Ana.");
            assertThat(preview.json().get("receipt").get("stored").booleanValue())
                    .isFalse();

            assertThat(call(context, "POST", "/consent/%2B12025550143/opt-out", "{\"actor\":\"desk\"}")
                            .status())
                    .isEqualTo(201);
            JsonNode consent =
                    call(context, "GET", "/consent/%2B12025550143", "").json();
            assertThat(consent.get("mayContact").get("MARKETING").get("allowed").booleanValue())
                    .isFalse();
            assertThat(consent.get("entries")).hasSize(1);
            Told refused = call(
                    context,
                    "POST",
                    "/messages",
                    "{\"to\":\"+12025550143\",\"text\":\"Sale!\",\"category\":\"marketing\"}");
            assertThat(refused.json().get("status").textValue()).isEqualTo("REFUSED");

            Told statistics =
                    call(context, "GET", "/statistics?from=2020-01-01T00:00:00Z&until=2199-01-01T00:00:00Z", "");
            assertThat(statistics
                            .json()
                            .get("totals")
                            .get("statuses")
                            .get("REFUSED")
                            .intValue())
                    .isOne();
            assertThat(call(context, "GET", "/audit?action=message.refused", "")
                            .json()
                            .get("entries"))
                    .hasSize(1);
            JsonNode page = call(context, "GET", "/audit?limit=2", "").json();
            assertThat(call(
                                    context,
                                    "GET",
                                    "/audit?limit=2&after=" + page.get("next").textValue(),
                                    "")
                            .json()
                            .get("entries")
                            .get(0))
                    .isNotEqualTo(page.get("entries").get(1));
            assertThat(call(context, "POST", "/audit/verify", "")
                            .json()
                            .get("intact")
                            .booleanValue())
                    .isTrue();
        });
    }

    @Test
    void it_is_closed_unless_it_is_opened() {
        rig.with("tidings.rest.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("tidingsRestServlet"));
    }

    @Test
    void beside_a_sandbox_the_loopback_interface_is_open_but_not_to_pages_of_other_sites_or_proxies() {
        rig.run(context -> {
            assertThat(call(context, "GET", "/messages", "").status()).isEqualTo(200);
            assertThat(call(context, "GET", "/messages", "", "Sec-Fetch-Site", "cross-site")
                            .code())
                    .isEqualTo("unauthorized");
            assertThat(call(context, "GET", "/messages", "", "X-Forwarded-For", "127.0.0.1")
                            .code())
                    .isEqualTo("unauthorized");
            assertThat(call(context, "GET", "/messages", "", "Authorization", "Bearer who.knows")
                            .code())
                    .isEqualTo("unauthorized");
        });
    }

    @Test
    void a_key_opens_what_its_scopes_say_for_its_tenant_until_it_expires() {
        rig.withKey("shop", "scopes=send,read", "tenant=acme")
                .withKey("old", "scopes=read", "expires=2020-01-01T00:00:00Z")
                .run(context -> {
                    Told sent = call(
                            context,
                            "POST",
                            "/messages",
                            "{\"to\":\"+12025550143\",\"text\":\"Hi\"}",
                            "Authorization",
                            RestRig.bearer("shop"));
                    MessageId id = MessageId.parse(sent.json().get("id").textValue());
                    Tidings tidings = context.getBean(Tidings.class);
                    assertThat(tidings.find(id).orElseThrow().stored().message().tenant())
                            .isEqualTo(new TenantId("acme"));
                    assertThat(tidings.explain(id)
                                    .orElseThrow()
                                    .acts()
                                    .get(0)
                                    .actor()
                                    .toString())
                            .contains("shop");
                    assertThat(call(
                                            context,
                                            "POST",
                                            "/messages/" + id + "/cancel",
                                            "",
                                            "Authorization",
                                            RestRig.bearer("shop"))
                                    .code())
                            .isEqualTo("missing-scope");
                    assertThat(call(context, "GET", "/messages", "", "Authorization", RestRig.bearer("old"))
                                    .code())
                            .isEqualTo("unauthorized");
                    assertThat(call(context, "GET", "/messages", "", "Authorization", "Bearer shop.wrong")
                                    .code())
                            .isEqualTo("unauthorized");
                    assertThat(call(context, "GET", "/messages", "", "Authorization", "Bearer shop")
                                    .code())
                            .isEqualTo("unauthorized");
                    JsonNode keys = call(context, "GET", "/keys", "").json().get("keys");
                    assertThat(keys.get(0).has("lastUsed")).isTrue();
                    assertThat(keys.toString()).doesNotContain("secret").doesNotContain("hash");
                });
    }

    @Test
    void nothing_of_another_tenant_is_there_at_any_address() {
        rig.withKey("shop", "scopes=send,read,operate,admin", "tenant=acme").run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            MessageId foreign = tidings.sms(ANA, "Not for Acme.").id();
            tidings.optOut(TenantId.DEFAULT, new PhoneNumber(ANA), "desk");
            String key = RestRig.bearer("shop");
            Set<String> reached = new TreeSet<>();
            for (JsonPath path : paths(context)) {
                String at = path.path()
                        .replace("{id}", foreign.toString())
                        .replace("{tenant}", "default")
                        .replace("{name}", "nothing")
                        .replace("{number}", "%2B12025550143");
                Told told = call(context, path.method(), at, "{}", "Authorization", key);
                assertThat(told.response().body())
                        .as(path.toString())
                        .doesNotContain("Not for Acme", "desk", "12025550143\",\"from");
                if (path.path().contains("{id}") || path.path().contains("{tenant}")) {
                    assertThat(told.status()).as(path.toString()).isEqualTo(404);
                }
                reached.add(path.toString());
            }
            assertThat(reached).hasSizeGreaterThan(18);
            assertThat(call(context, "GET", "/messages", "", "Authorization", key, "X-Tidings-Tenant", "default")
                            .code())
                    .isEqualTo("not-found");
            assertThat(tidings.find(foreign).orElseThrow().status().isTerminal())
                    .isFalse();
            assertThat(tidings.consent().entries(new TenantId("acme"), new PhoneNumber(ANA)))
                    .isEmpty();
        });
    }

    private record JsonPath(String method, String path) {}

    private List<JsonPath> paths(AssertableWebApplicationContext context) throws IOException, InterruptedException {
        List<JsonPath> all = new ArrayList<>();
        JsonNode document = call(context, "GET", "/openapi.json", "").json();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method ->
                                all.add(new JsonPath(method.toUpperCase(java.util.Locale.ROOT), path.getKey()))));
        return all;
    }

    @Test
    void a_test_key_changes_nothing_and_a_guest_list_reaches_its_guests() {
        rig.withKey("try", "scopes=send,read,operate", "kind=test")
                .withKey("guest", "scopes=send", "kind=guest-list", "guests=+12025550143")
                .run(context -> {
                    Tidings tidings = context.getBean(Tidings.class);
                    Told tried = call(
                            context,
                            "POST",
                            "/messages",
                            "{\"to\":\"+12025550143\",\"text\":\"Hi\"}",
                            "Authorization",
                            RestRig.bearer("try"));
                    assertThat(tried.status()).isEqualTo(200);
                    assertThat(tried.json().get("stored").booleanValue()).isFalse();
                    MessageId id = tidings.sms("+12025550144", "Wait for it.").id();
                    assertThat(call(
                                            context,
                                            "POST",
                                            "/messages/" + id + "/cancel",
                                            "",
                                            "Authorization",
                                            RestRig.bearer("try"))
                                    .code())
                            .isEqualTo("test-key");

                    assertThat(call(
                                            context,
                                            "POST",
                                            "/messages",
                                            "{\"to\":\"+12025550144\",\"text\":\"Hi\"}",
                                            "Authorization",
                                            RestRig.bearer("guest"))
                                    .code())
                            .isEqualTo("not-a-guest");
                    assertThat(call(
                                            context,
                                            "POST",
                                            "/messages",
                                            "{\"to\":\"+12025550143\",\"text\":\"Hi\"}",
                                            "Authorization",
                                            RestRig.bearer("guest"))
                                    .status())
                            .isEqualTo(201);
                    assertThat(tidings.counts().values()).containsExactly(2L);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Secured {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/tidings/api/**"))
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ana")
                            .password("{noop}a")
                            .roles("TIDINGS_READ")
                            .build(),
                    User.withUsername("bob").password("{noop}b").roles("CLERK").build());
        }
    }

    @Test
    void where_spring_security_is_its_roles_decide() {
        rig.in(runner -> runner.withConfiguration(AutoConfigurations.of(
                                SecurityAutoConfiguration.class,
                                ServletWebSecurityAutoConfiguration.class,
                                SecurityFilterAutoConfiguration.class))
                        .withUserConfiguration(Secured.class))
                .run(context -> {
                    assertThat(call(context, "GET", "/messages", "").status()).isEqualTo(401);
                    String ana = "Basic "
                            + java.util.Base64.getEncoder().encodeToString("ana:a".getBytes(StandardCharsets.UTF_8));
                    String bob = "Basic "
                            + java.util.Base64.getEncoder().encodeToString("bob:b".getBytes(StandardCharsets.UTF_8));
                    assertThat(call(context, "GET", "/messages", "", "Authorization", ana)
                                    .status())
                            .isEqualTo(200);
                    assertThat(call(context, "POST", "/messages", "{}", "Authorization", ana)
                                    .code())
                            .isEqualTo("missing-scope");
                    assertThat(call(context, "GET", "/messages", "", "Authorization", bob)
                                    .code())
                            .isEqualTo("missing-scope");
                });
    }
}
