package io.tidings.spring.rest;

import static io.tidings.spring.rest.RestRig.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.audit.AuditQuery;
import io.tidings.history.MessageFilter;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.MessageView;
import io.tidings.report.MessageQuery;
import io.tidings.spring.rest.RestRig.Told;
import io.tidings.tenant.TenantSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;

/**
 * Two tenants, every endpoint that the document has, every kind of id and every parameter: nobody reads or changes what is the
 * other's. A new endpoint is in it by being in the document; a new kind of id fails until it is given a value here.
 */
class IsolationOverHttpTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId BETA = new TenantId("beta");
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    private final RestRig rig = new RestRig()
            .withKey("acme-key", "scopes=read,send,operate,admin", "tenant=acme")
            .withKey("beta-key", "scopes=read,send,operate,admin", "tenant=beta")
            .with(
                    "tidings.rest.requests-per-minute=1000000",
                    "tidings.rest.triggers[0].name=review",
                    "tidings.rest.triggers[0].template=review");

    /** What one tenant has, with words in it that nobody else may ever read. */
    private record Estate(TenantId tenant, PhoneNumber customer, MessageView message) {
        String words() {
            return "for the customers of " + tenant + " alone";
        }

        List<String> secrets() {
            return List.of(
                    words(),
                    message.id().toString(),
                    "desk of " + tenant,
                    "reason of " + tenant,
                    "tag of " + tenant,
                    tenant + "-key",
                    "key of " + tenant);
        }

        Map<String, String> ids() {
            return Map.of(
                    "id", message.id().toString(),
                    "tenant", tenant.value(),
                    "number", customer.e164(),
                    "name", "review");
        }
    }

    private static Estate estate(Tidings tidings, TenantId tenant, String number) {
        PhoneNumber customer = new PhoneNumber(number);
        Estate unsaid = new Estate(
                tenant,
                customer,
                tidings.find(tidings.sms()
                                .to(customer)
                                .tenant(tenant)
                                .text("Words for the customers of " + tenant + " alone")
                                .key("key of " + tenant)
                                .tag("owner", "tag of " + tenant)
                                .send()
                                .id())
                        .orElseThrow());
        tidings.optOut(tenant, customer, "desk of " + tenant);
        tidings.tenants().create(tenant, TenantSettings.NONE.withAttempts(7), "reason of " + tenant);
        return unsaid;
    }

    /** Everything of a tenant that a call could have changed. */
    private static List<Object> state(Tidings tidings, Estate estate) {
        List<Object> state = new ArrayList<>();
        tidings.history()
                .page(MessageQuery.of(MessageFilter.of(estate.tenant())).limit(999))
                .messages()
                .forEach(view -> state.add(view.id() + " " + view.status() + " " + view.changedAt()));
        state.add(tidings.consent().entries(estate.tenant(), estate.customer()));
        state.add(tidings.tenants().settings(estate.tenant()));
        tidings.audit().search(AuditQuery.all().of(estate.tenant()).limit(999)).forEach(entry -> state.add(entry.id()));
        return state;
    }

    private record Operation(String method, String path, List<String> parameters, JsonNode example) {}

    private List<Operation> operations(AssertableWebApplicationContext context) throws Exception {
        List<Operation> all = new ArrayList<>();
        rig.call(context, "GET", "/openapi.json", "")
                .json()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    List<String> parameters = new ArrayList<>();
                    operation.getValue().path("parameters").forEach(each -> {
                        if (each.path("in").asText().equals("query")) {
                            parameters.add(each.get("name").textValue());
                        }
                    });
                    all.add(new Operation(
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            parameters,
                            operation.getValue().at("/requestBody/content/application~1json/example")));
                }));
        return all;
    }

    private static String filled(String path, Map<String, String> ids) {
        Matcher variable = VARIABLE.matcher(path);
        StringBuilder filled = new StringBuilder();
        while (variable.find()) {
            // The number of a callback is looked up in the message that the path names before it.
            String value =
                    path.contains("/callbacks/{number}") && variable.group(1).equals("number")
                            ? "1"
                            : ids.get(variable.group(1));
            assertThat(value)
                    .as("a value for {" + variable.group(1) + "} of " + path)
                    .isNotNull();
            variable.appendReplacement(
                    filled, Matcher.quoteReplacement(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        return variable.appendTail(filled).toString();
    }

    private static Map<String, String> queries(Estate other) {
        Map<String, String> values = new HashMap<>();
        values.put("to", other.customer().e164());
        values.put("tag", "owner:tag of " + other.tenant());
        values.put("template", "review");
        values.put("message", other.message().id().toString());
        values.put("all", "true");
        values.put("from", "2020-01-01T00:00:00Z");
        values.put("until", "2199-01-01T00:00:00Z");
        return values;
    }

    /** Each parameter alone and all together, beside what an endpoint cannot do without. */
    private static List<String> asked(Operation operation, Estate other) {
        Map<String, String> values = new LinkedHashMap<>(queries(other));
        values.keySet().retainAll(operation.parameters());
        List<String> queries = new ArrayList<>(List.of(""));
        StringBuilder together = new StringBuilder("?");
        values.forEach((name, value) -> {
            String pair = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
            queries.add("?" + pair);
            together.append(together.length() > 1 ? "&" : "").append(pair);
        });
        queries.add(together.toString());
        return queries;
    }

    @Test
    void nobody_reads_or_changes_what_is_the_others() {
        rig.run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            rig.call(context, "PUT", "/templates/review", "{\"text\":\"How was it, {{name}}?\"}");
            Estate acme = estate(tidings, ACME, "+12025550143");
            Estate beta = estate(tidings, BETA, "+12025550144");
            List<Operation> operations = operations(context);
            int calls = 0;
            int denied = 0;
            for (Estate[] pair : new Estate[][] {{acme, beta}, {beta, acme}}) {
                Estate other = pair[1];
                String key = bearer(pair[0].tenant() + "-key");
                List<Object> before = state(tidings, other);
                for (Operation operation : operations) {
                    for (String query : asked(operation, other)) {
                        for (String body : new String[] {
                            "{}",
                            operation.example().isMissingNode()
                                    ? "{}"
                                    : operation.example().toString()
                        }) {
                            String at = filled(operation.path(), other.ids()) + query;
                            Told told = rig.call(context, operation.method(), at, body, "Authorization", key);
                            String name = operation.method() + " " + at;
                            assertThat(told.response().body()).as(name).doesNotContain(other.secrets());
                            if (operation.path().contains("{id}")
                                    || operation.path().contains("{tenant}")) {
                                assertThat(told.status()).as(name).isEqualTo(404);
                                denied++;
                            }
                            assertThat(rig.call(
                                                    context,
                                                    operation.method(),
                                                    at,
                                                    body,
                                                    "Authorization",
                                                    key,
                                                    "X-Tidings-Tenant",
                                                    other.tenant().value())
                                            .status())
                                    .as("asking as the other: " + name)
                                    .isEqualTo(404);
                            calls += 2;
                        }
                    }
                }
                assertThat(state(tidings, other))
                        .as("what is " + other.tenant() + "'s")
                        .isEqualTo(before);
            }
            System.out.println("isolation: " + operations.size() + " endpoints, " + calls + " calls, " + denied
                    + " of them by id, 0 cross reads");
            assertThat(operations).hasSizeGreaterThan(30);
            assertThat(denied).isGreaterThan(40);
        });
    }

    @Test
    void the_owner_reads_what_the_other_does_not() {
        rig.run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            Estate acme = estate(tidings, ACME, "+12025550143");
            String id = acme.message().id().toString();
            String key = bearer("acme-key");
            assertThat(rig.call(context, "GET", "/messages/" + id, "", "Authorization", key)
                            .response()
                            .body())
                    .contains(acme.words(), "tag of acme", "key of acme");
            assertThat(rig.call(context, "GET", "/consent/%2B12025550143", "", "Authorization", key)
                            .response()
                            .body())
                    .contains("desk of acme");
            assertThat(rig.call(context, "GET", "/audit?action=tenant.created", "", "Authorization", key)
                            .response()
                            .body())
                    .contains("reason of acme");
            assertThat(rig.call(context, "GET", "/keys", "", "Authorization", key)
                            .response()
                            .body())
                    .contains("acme-key")
                    .doesNotContain("beta-key");
        });
    }
}
