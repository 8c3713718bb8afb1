package io.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NetworkTest {

    private static boolean has(String network, String address) {
        return Network.parse(network).has(Network.address(address).orElseThrow());
    }

    @Test
    void a_network_has_the_addresses_that_begin_like_it() {
        assertThat(has("10.0.0.0/8", "10.255.1.2")).isTrue();
        assertThat(has("10.0.0.0/8", "11.0.0.0")).isFalse();
        assertThat(has("203.0.113.128/25", "203.0.113.127")).isFalse();
        assertThat(has("203.0.113.128/25", "203.0.113.200")).isTrue();
        assertThat(has("203.0.113.7", "203.0.113.8")).isFalse();
        assertThat(has("0.0.0.0/0", "203.0.113.8")).isTrue();
        assertThat(has("2001:db8::/33", "2001:db8:7fff::1")).isTrue();
        assertThat(has("2001:db8::/33", "2001:db8:8000::1")).isFalse();
        assertThat(has("0.0.0.0/0", "2001:db8::1")).isFalse();
        assertThat(has("10.0.0.0/8", "::ffff:10.1.1.1")).isTrue();
    }

    @Test
    void what_is_no_address_is_refused_and_never_looked_up() {
        for (String wrong : new String[] {
            "",
            "localhost",
            "10.0.0",
            "10.0.0.0/33",
            "10.0.0.0/x",
            "::/129",
            "1.2.3.4/8/9",
            "cafe",
            "010.0.0.1",
            "256.0.0.1"
        }) {
            assertThatThrownBy(() -> Network.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_network_covers_what_lies_wholly_in_it() {
        Network ten = Network.parse("10.0.0.0/8");

        assertThat(ten.covers(Network.parse("10.0.0.0/8"))).isTrue();
        assertThat(ten.covers(Network.parse("10.200.0.0/13"))).isTrue();
        assertThat(ten.covers(Network.parse("10.0.0.7"))).isTrue();
        assertThat(ten.covers(Network.parse("10.0.0.0/7"))).isFalse();
        assertThat(ten.covers(Network.parse("11.0.0.0/9"))).isFalse();
        assertThat(ten.covers(Network.parse("a00::/8"))).isFalse();
        assertThat(Network.parse("0.0.0.0/0").covers(Network.parse("2001:db8::1")))
                .isFalse();
    }
}
