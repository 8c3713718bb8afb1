package io.tidings.spring.rest;

import static io.tidings.spring.rest.RestRig.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.spring.rest.RestRig.Told;
import org.junit.jupiter.api.Test;

/** From where, and how often, the API may be called. */
class AccessOverHttpTest {
    private static final String FORWARDED = "X-Forwarded-For";
    private static final String KEY = "Authorization";

    private final RestRig rig = new RestRig();

    @Test
    void requests_from_elsewhere_are_not_answered_and_nobody_can_pretend_to_be_near() {
        rig.withKey("shop", "scopes=read")
                .with("tidings.rest.allowed-addresses=203.0.113.0/24")
                .run(context -> {
                    Told refused = rig.call(context, "GET", "/messages", "", KEY, bearer("shop"));
                    assertThat(refused.status()).isEqualTo(403);
                    assertThat(refused.code()).isEqualTo("address-not-allowed");
                    assertThat(rig.call(context, "GET", "/messages", "", KEY, bearer("shop"), FORWARDED, "203.0.113.7")
                                    .code())
                            .isEqualTo("address-not-allowed");
                    assertThat(rig.call(context, "GET", "/messages", "").code()).isEqualTo("address-not-allowed");
                });
    }

    @Test
    void behind_a_trusted_proxy_the_address_that_it_saw_counts_and_nothing_before_it() {
        rig.withKey("shop", "scopes=read")
                .with(
                        "tidings.rest.allowed-addresses=203.0.113.0/24,2001:db8::/32",
                        "tidings.rest.trusted-proxies=127.0.0.1,10.0.0.0/8")
                .run(context -> {
                    for (String allowed : new String[] {
                        "203.0.113.7", "198.51.100.1, 203.0.113.7", "203.0.113.7, 10.1.2.3", "2001:db8::1"
                    }) {
                        assertThat(rig.call(context, "GET", "/messages", "", KEY, bearer("shop"), FORWARDED, allowed)
                                        .status())
                                .as(allowed)
                                .isEqualTo(200);
                    }
                    for (String refused : new String[] {
                        "203.0.113.7, 198.51.100.1",
                        "198.51.100.1",
                        "203.0.114.7",
                        "localhost",
                        "203.0.113.7, x",
                        "",
                        "10.0.0.1"
                    }) {
                        assertThat(rig.call(context, "GET", "/messages", "", KEY, bearer("shop"), FORWARDED, refused)
                                        .status())
                                .as(refused)
                                .isEqualTo(403);
                    }
                });
    }

    @Test
    void a_key_may_be_bound_to_addresses_of_its_own() {
        rig.withKey("near", "scopes=read", "addresses=127.0.0.0/8")
                .withKey("far", "scopes=read", "addresses=203.0.113.7")
                .run(context -> {
                    assertThat(rig.call(context, "GET", "/messages", "", KEY, bearer("near"))
                                    .status())
                            .isEqualTo(200);
                    assertThat(rig.call(context, "GET", "/messages", "", KEY, bearer("far"))
                                    .code())
                            .isEqualTo("address-not-allowed");
                });
    }

    @Test
    void a_key_that_calls_too_often_is_told_when_to_come_again_and_the_others_are_not() {
        rig.withKey("busy", "scopes=read", "requests-per-minute=6")
                .withKey("calm", "scopes=read")
                .run(context -> {
                    assertThat(rig.call(context, "GET", "/messages", "", KEY, bearer("busy"))
                                    .status())
                            .isEqualTo(200);
                    Told refused = null;
                    for (int i = 0; i < 20 && (refused == null || refused.status() == 200); i++) {
                        refused = rig.call(context, "GET", "/messages", "", KEY, bearer("busy"));
                    }
                    assertThat(refused).isNotNull();
                    assertThat(refused.code()).isEqualTo("too-many-requests");
                    assertThat(refused.response()
                                    .headers()
                                    .firstValue("Retry-After")
                                    .map(Integer::valueOf))
                            .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 11));
                    assertThat(rig.call(context, "GET", "/messages", "", KEY, bearer("calm"))
                                    .status())
                            .isEqualTo(200);
                });
    }
}
