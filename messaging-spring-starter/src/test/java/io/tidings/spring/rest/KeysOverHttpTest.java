package io.tidings.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.access.AccessKey;
import io.tidings.spring.rest.RestRig.Told;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;

/** Keys that are made over the API: their secret is shown once, and they open what they were given until they are revoked. */
class KeysOverHttpTest {
    private static final String TEXT = "{\"to\":\"+12025550143\",\"text\":\"Your car is ready.\"}";
    private static final String NEW = "{\"id\":\"%s\",\"scopes\":[%s],\"reason\":\"the new CRM\"%s}";

    private final RestRig rig = new RestRig()
            .withKey("root", "scopes=send,read,operate,admin")
            .withKey("acme", "scopes=send,read,admin", "tenant=acme")
            .withKey("tester", "scopes=send,admin", "kind=guest-list", "guests=+12025550143");

    private Told as(AssertableWebApplicationContext context, String bearer, String method, String path, String body)
            throws Exception {
        return rig.call(context, method, path, body, "Authorization", bearer);
    }

    private static String root() {
        return RestRig.bearer("root");
    }

    private static JsonNode listed(Told told, String id) throws Exception {
        return StreamSupport.stream(told.json().get("keys").spliterator(), false)
                .filter(key -> key.get("id").textValue().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_key_is_made_used_and_revoked() {
        rig.run(context -> {
            Told made = as(context, root(), "POST", "/keys", NEW.formatted("crm", "\"send\"", ",\"tenant\":\"acme\""));
            assertThat(made.status()).isEqualTo(201);
            String key = made.json().get("key").textValue();
            assertThat(key).matches("crm\\.[0-9a-f]{64}");

            String bearer = "Bearer " + key;
            assertThat(as(context, bearer, "POST", "/messages", TEXT).status()).isEqualTo(201);
            assertThat(as(context, bearer, "GET", "/keys", "").code()).isEqualTo("missing-scope");
            assertThat(as(context, bearer + "0", "POST", "/messages", TEXT).code())
                    .isEqualTo("unauthorized");

            Told list = as(context, root(), "GET", "/keys", "");
            JsonNode crm = listed(list, "crm");
            assertThat(crm.get("createdBy").textValue()).isEqualTo("API_KEY:root");
            assertThat(crm.get("tenant").textValue()).isEqualTo("acme");
            assertThat(crm.has("lastUsed")).isTrue();
            assertThat(crm.get("configured").booleanValue()).isFalse();
            assertThat(listed(list, "root").get("configured").booleanValue()).isTrue();
            String secret = key.substring("crm.".length());
            assertThat(list.response().body()).doesNotContain(secret).doesNotContain(Door.hash(secret));

            Told revoked = as(context, root(), "DELETE", "/keys/crm", "{\"reason\":\"stolen\"}");
            assertThat(revoked.json().has("revokedAt")).isTrue();
            assertThat(as(context, bearer, "POST", "/messages", TEXT).code()).isEqualTo("unauthorized");
            assertThat(as(context, root(), "DELETE", "/keys/crm", "{\"reason\":\"again\"}")
                            .json()
                            .get("revokedAt"))
                    .isEqualTo(revoked.json().get("revokedAt"));
            assertThat(as(context, root(), "GET", "/audit?action=key.revoked", "", "acme")
                            .json()
                            .get("entries"))
                    .hasSize(1);
        });
    }

    private Told as(
            AssertableWebApplicationContext context,
            String bearer,
            String method,
            String path,
            String body,
            String tenant)
            throws Exception {
        return rig.call(context, method, path, body, "Authorization", bearer, "X-Tidings-Tenant", tenant);
    }

    @Test
    void a_key_that_only_a_newer_version_understands_is_listed_as_unusable_and_can_be_revoked() {
        rig.run(context -> {
            context.getBean(Tidings.class)
                    .accessKeys()
                    .create(
                            new AccessKey.Draft(
                                    "newer",
                                    Door.hash("secret"),
                                    null,
                                    Map.of("scopes", "SEND,BILL", "kind", "LIVE"),
                                    null),
                            "a newer node");
            as(context, root(), "POST", "/keys", NEW.formatted("crm", "\"send\"", ""));

            Told list = as(context, root(), "GET", "/keys", "");
            assertThat(list.status()).isEqualTo(200);
            JsonNode newer = listed(list, "newer");
            assertThat(newer.get("usable").booleanValue()).isFalse();
            assertThat(newer.get("scopes")).extracting(JsonNode::textValue).containsExactly("BILL", "SEND");
            assertThat(listed(list, "crm").get("usable").booleanValue()).isTrue();
            assertThat(listed(list, "root").get("usable").booleanValue()).isTrue();

            Told revoked = as(context, root(), "DELETE", "/keys/newer", "{\"reason\":\"not needed\"}");
            assertThat(revoked.status()).isEqualTo(200);
            assertThat(revoked.json().has("revokedAt")).isTrue();
        });
    }

    @Test
    void only_the_hash_is_kept() {
        rig.run(context -> {
            String key = as(context, root(), "POST", "/keys", NEW.formatted("crm", "\"send\"", ""))
                    .json()
                    .get("key")
                    .textValue();
            AccessKey row = context.getBean(Tidings.class).accessKeys().all().get(0);

            assertThat(row.hash()).isEqualTo(Door.hash(key.substring("crm.".length())));
            assertThat(row + " " + row.grants()).doesNotContain(key.substring("crm.".length()));
            assertThat(row.toString()).doesNotContain(row.hash());
        });
    }

    @Test
    void nobody_grants_more_than_it_may_do() {
        rig.run(context -> {
            String acme = RestRig.bearer("acme");
            assertThat(as(context, acme, "POST", "/keys", NEW.formatted("a", "\"operate\"", ""))
                            .code())
                    .isEqualTo("more-than-you-may");
            assertThat(as(context, acme, "POST", "/keys", NEW.formatted("a", "\"read\"", ",\"tenant\":\"other\""))
                            .code())
                    .isEqualTo("not-found");
            assertThat(as(context, acme, "POST", "/keys", NEW.formatted("a", "\"read\"", ""))
                            .json()
                            .get("tenant")
                            .textValue())
                    .isEqualTo("acme");

            String tester = RestRig.bearer("tester");
            assertThat(as(context, tester, "POST", "/keys", NEW.formatted("t", "\"send\"", ",\"kind\":\"live\""))
                            .code())
                    .isEqualTo("more-than-you-may");
            assertThat(as(
                                    context,
                                    tester,
                                    "POST",
                                    "/keys",
                                    NEW.formatted("t", "\"send\"", ",\"guests\":[\"+12025550144\"]"))
                            .code())
                    .isEqualTo("more-than-you-may");
            assertThat(as(
                                    context,
                                    tester,
                                    "POST",
                                    "/keys",
                                    NEW.formatted("t", "\"send\"", ",\"guests\":[\"+12025550143\"]"))
                            .json()
                            .get("kind")
                            .textValue())
                    .isEqualTo("GUEST_LIST");
        });
    }

    @Test
    void a_tenant_sees_and_revokes_its_own_keys_alone() {
        rig.run(context -> {
            as(context, root(), "POST", "/keys", NEW.formatted("everybody", "\"send\"", ""));
            as(context, root(), "POST", "/keys", NEW.formatted("mine", "\"send\"", ",\"tenant\":\"acme\""));
            String acme = RestRig.bearer("acme");

            assertThat(as(context, acme, "GET", "/keys", "").json().get("keys").findValuesAsText("id"))
                    .containsExactlyInAnyOrder("acme", "mine");
            assertThat(as(context, acme, "DELETE", "/keys/everybody", "{\"reason\":\"x\"}")
                            .code())
                    .isEqualTo("not-found");
            assertThat(as(context, acme, "DELETE", "/keys/mine", "{\"reason\":\"x\"}")
                            .status())
                    .isEqualTo(200);
        });
    }

    @Test
    void a_key_ends_when_it_was_said_and_its_id_is_never_another_keys() {
        rig.run(context -> {
            String key = as(
                            context,
                            root(),
                            "POST",
                            "/keys",
                            NEW.formatted("old", "\"send\"", ",\"expires\":\"2020-01-01T00:00:00Z\""))
                    .json()
                    .get("key")
                    .textValue();

            assertThat(as(context, "Bearer " + key, "POST", "/messages", TEXT).code())
                    .isEqualTo("unauthorized");
            for (String taken : new String[] {"old", "root"}) {
                assertThat(as(context, root(), "POST", "/keys", NEW.formatted(taken, "\"send\"", ""))
                                .code())
                        .isEqualTo("key-exists");
            }
            assertThat(as(context, root(), "DELETE", "/keys/root", "{\"reason\":\"x\"}")
                            .code())
                    .as("it is in the configuration")
                    .isEqualTo("not-found");
            assertThat(as(context, root(), "POST", "/keys", NEW.formatted("b", "", ""))
                            .code())
                    .isEqualTo("invalid-request");
        });
    }

    @Test
    void a_key_ends_no_later_than_the_one_that_made_it() {
        rig.withKey("brief", "scopes=send,admin", "expires=2199-01-01T00:00:00Z")
                .run(context -> {
                    String brief = RestRig.bearer("brief");

                    Told unsaid = as(context, brief, "POST", "/keys", NEW.formatted("child", "\"send\",\"admin\"", ""));
                    assertThat(unsaid.json().get("expires").textValue()).isEqualTo("2199-01-01T00:00:00Z");
                    for (String maker : new String[] {
                        brief, "Bearer " + unsaid.json().get("key").textValue()
                    }) {
                        String later = ",\"expires\":\"2199-01-01T00:00:01Z\"";
                        assertThat(as(context, maker, "POST", "/keys", NEW.formatted("later", "\"send\"", later))
                                        .code())
                                .isEqualTo("more-than-you-may");
                    }
                    String sooner = ",\"expires\":\"2198-01-01T00:00:00Z\"";
                    assertThat(as(context, brief, "POST", "/keys", NEW.formatted("sooner", "\"send\"", sooner))
                                    .status())
                            .isEqualTo(201);
                });
    }

    @Test
    void a_key_is_used_from_nowhere_that_its_maker_is_not() throws Exception {
        rig.withKey("local", "scopes=send,admin", "addresses=127.0.0.0/8").run(context -> {
            String local = RestRig.bearer("local");
            for (String wider : new String[] {"203.0.113.7", "126.0.0.0/7", "0.0.0.0/0", "127.0.0.1\",\"::1"}) {
                String asked = ",\"addresses\":[\"" + wider + "\"]";
                assertThat(as(context, local, "POST", "/keys", NEW.formatted("wider", "\"send\"", asked))
                                .code())
                        .as(wider)
                        .isEqualTo("more-than-you-may");
            }

            String unsaid = made(as(context, local, "POST", "/keys", NEW.formatted("same", "\"send\"", "")));
            String elsewhere = made(as(
                    context,
                    local,
                    "POST",
                    "/keys",
                    NEW.formatted("narrow", "\"send\"", ",\"addresses\":[\"127.99.0.0/16\"]")));
            assertThat(context.getBean(ApiKeys.class)
                            .find("same")
                            .orElseThrow()
                            .limits()
                            .addresses())
                    .containsExactly("127.0.0.0/8");
            assertThat(as(context, unsaid, "POST", "/messages", TEXT).status()).isEqualTo(201);
            assertThat(as(context, elsewhere, "POST", "/messages", TEXT).code()).isEqualTo("address-not-allowed");
        });
    }

    private static String made(Told told) throws Exception {
        return "Bearer " + told.json().get("key").textValue();
    }

    @Test
    void a_key_calls_no_oftener_than_its_maker() {
        rig.withKey("slow", "scopes=send,admin", "requests-per-minute=60").run(context -> {
            String slow = RestRig.bearer("slow");

            assertThat(as(context, slow, "POST", "/keys", NEW.formatted("a", "\"send\"", ",\"requestsPerMinute\":61"))
                            .code())
                    .isEqualTo("more-than-you-may");
            assertThat(as(
                                    context,
                                    root(),
                                    "POST",
                                    "/keys",
                                    NEW.formatted("b", "\"send\"", ",\"requestsPerMinute\":601"))
                            .code())
                    .as("everybody has 600")
                    .isEqualTo("more-than-you-may");
            made(as(context, slow, "POST", "/keys", NEW.formatted("c", "\"send\"", "")));
            assertThat(context.getBean(ApiKeys.class)
                            .find("c")
                            .orElseThrow()
                            .limits()
                            .requestsPerMinute())
                    .isEqualTo(60);
        });
    }
}
