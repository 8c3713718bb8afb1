package io.tidings.spring.rest;

import static io.tidings.spring.rest.RestRig.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.spring.rest.RestRig.Told;
import org.junit.jupiter.api.Test;

/** Tenants, from their beginning to their end. */
class TenantsOverHttpTest {
    private static final String TENANT = "X-Tidings-Tenant";
    private static final String TEXT = "{\"to\":\"+12025550143\",\"text\":\"Hi\"%s}";

    private final RestRig rig = new RestRig();

    @Test
    void a_tenant_is_created_configured_suspended_resumed_and_deleted() {
        rig.run(context -> {
            String draft = "{\"tenant\":\"acme\",\"settings\":{\"attempts\":\"2\"},\"reason\":\"signed\"}";
            assertThat(rig.call(context, "POST", "/tenants", draft).status()).isEqualTo(201);
            assertThat(rig.call(context, "POST", "/tenants", draft).code()).isEqualTo("tenant-exists");
            JsonNode made = rig.call(context, "GET", "/tenants/acme", "").json();
            assertThat(made.get("status").textValue()).isEqualTo("ACTIVE");
            assertThat(made.at("/settings/attempts").textValue()).isEqualTo("2");

            Told waiting = rig.call(
                    context, "POST", "/messages", TEXT.formatted(",\"at\":\"2199-01-01T00:00:00Z\""), TENANT, "acme");
            Told suspended = rig.call(context, "POST", "/tenants/acme/suspend", "{\"reason\":\"not paid\"}");
            assertThat(suspended.json().get("status").textValue()).isEqualTo("SUSPENDED");
            rig.call(context, "PUT", "/tenants/acme/settings", "{\"settings\":{},\"reason\":\"try\"}");
            JsonNode refused = rig.call(context, "POST", "/messages", TEXT.formatted(""), TENANT, "acme")
                    .json();
            assertThat(refused.get("status").textValue()).isEqualTo("REFUSED");
            assertThat(refused.get("reason").textValue()).contains("not paid");
            assertThat(rig.call(context, "POST", "/messages", TEXT.formatted(""))
                            .status())
                    .as("another tenant")
                    .isEqualTo(201);
            MessageId held = MessageId.parse(waiting.json().get("id").textValue());
            assertThat(context.getBean(Tidings.class)
                            .find(held)
                            .orElseThrow()
                            .status()
                            .isTerminal())
                    .isFalse();

            assertThat(rig.call(context, "POST", "/tenants/acme/resume", "{\"reason\":\"paid\"}")
                            .json()
                            .get("status")
                            .textValue())
                    .isEqualTo("ACTIVE");
            assertThat(rig.call(context, "POST", "/messages", TEXT.formatted(",\"allowRepeat\":true"), TENANT, "acme")
                            .json()
                            .get("status")
                            .textValue())
                    .isNotEqualTo("REFUSED");

            assertThat(rig.call(context, "DELETE", "/tenants/acme", "{\"reason\":\"left\"}")
                            .json()
                            .get("status")
                            .textValue())
                    .isEqualTo("DELETED");
            assertThat(rig.call(context, "GET", "/tenants", "").json().get("tenants"))
                    .hasSize(1);
            JsonNode trail = rig.call(context, "GET", "/audit?action=tenant.suspended", "", TENANT, "acme")
                    .json()
                    .get("entries");
            assertThat(trail.get(0).get("reason").textValue()).isEqualTo("not paid");
            assertThat(trail.get(0).get("actor").textValue()).contains("loopback");
        });
    }

    @Test
    void a_tenants_own_administrator_cannot_end_its_suspension_and_does_not_see_the_others() {
        rig.withKey("acme", "scopes=read,send,admin", "tenant=acme").run(context -> {
            String key = bearer("acme");
            rig.call(context, "POST", "/tenants", "{\"tenant\":\"acme\",\"reason\":\"signed\"}");
            rig.call(context, "POST", "/tenants", "{\"tenant\":\"other\",\"reason\":\"signed\"}");
            rig.call(context, "POST", "/tenants/acme/suspend", "{\"reason\":\"not paid\"}");

            for (String act : new String[] {"/tenants/acme/resume", "/tenants/acme/suspend", "/tenants"}) {
                assertThat(rig.call(context, "POST", act, "{\"reason\":\"me\"}", "Authorization", key)
                                .status())
                        .as(act)
                        .isEqualTo(404);
            }
            assertThat(rig.call(context, "DELETE", "/tenants/acme", "{\"reason\":\"me\"}", "Authorization", key)
                            .status())
                    .isEqualTo(404);
            assertThat(rig.call(context, "GET", "/tenants", "", "Authorization", key)
                            .status())
                    .isEqualTo(404);
            assertThat(rig.call(context, "GET", "/tenants/other", "", "Authorization", key)
                            .status())
                    .isEqualTo(404);
            JsonNode own = rig.call(context, "GET", "/tenants/acme", "", "Authorization", key)
                    .json();
            assertThat(own.get("status").textValue()).isEqualTo("SUSPENDED");
            assertThat(rig.call(context, "POST", "/tenants/nobody/suspend", "{\"reason\":\"x\"}")
                            .status())
                    .isEqualTo(404);
        });
    }
}
