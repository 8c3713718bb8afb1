package io.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    private final AddressRule rule = AddressRule.publicAddresses();

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "2001:200::1",
            })
    void public_addresses_are_allowed(String literal) throws UnknownHostException {
        assertThat(rule.allows(address(literal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:8.8.8.8",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "3fff::1",
                "5f00::1",
            })
    void others_are_not(String literal) throws UnknownHostException {
        byte[] bytes = address(literal).getAddress();
        assertThat(rule.allows(InetAddress.getByAddress(bytes)))
                .isEqualTo(literal.equals("::ffff:8.8.8.8")); // The JVM makes plain IPv4 of mapped addresses.
    }

    @Test
    void a_network_of_the_hosts_own_can_be_opened() throws UnknownHostException {
        AddressRule opened =
                rule.allowing("10.20.0.0/16").allowing("fd00:20::/32").allowing("127.0.0.1");

        assertThat(opened.allows(address("10.20.255.1"))).isTrue();
        assertThat(opened.allows(address("10.21.0.1"))).isFalse();
        assertThat(opened.allows(address("fd00:20::5"))).isTrue();
        assertThat(opened.allows(address("fd00:21::5"))).isFalse();
        assertThat(opened.allows(address("127.0.0.1"))).isTrue();
        assertThat(opened.allows(address("127.0.0.2"))).isFalse();
        assertThat(rule.allows(address("10.20.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0/8", "010.0.0.0/8", "localhost", "::/129", "", "10.0.0.0/-1", "a/8"})
    void what_is_no_network_is_refused(String text) {
        assertThatThrownBy(() -> rule.allowing(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addresses_are_refused_by_their_form_with_a_reason() {
        assertThat(rule.refusal(URI.create("https://crm.example.com/hooks?a=b")))
                .isEmpty();
        assertThat(rule.refusal(URI.create("https://203.0.113.9:8443/"))).isEmpty();
        assertThat(rule.refusal(URI.create("http://crm.example.com/"))).contains("it is not https");
        assertThat(rule.allowingHttp().refusal(URI.create("http://crm.example.com/")))
                .isEmpty();
        assertThat(rule.allowingHttp().refusal(URI.create("ftp://crm.example.com/")))
                .isPresent();
        assertThat(rule.refusal(URI.create("https://crm.example.com@127.0.0.1/")))
                .isPresent();
        assertThat(rule.refusal(URI.create("https://2130706433/"))).isPresent();
        assertThat(rule.refusal(URI.create("https://0x7f.1/"))).isPresent();
        assertThat(rule.refusal(URI.create("https:///nobody"))).isPresent();
    }

    @Test
    void hosts_can_be_listed() {
        AddressRule listed = rule.onlyHosts(Set.of("CRM.example.com"));

        assertThat(listed.refusal(URI.create("https://crm.EXAMPLE.com/"))).isEmpty();
        assertThat(listed.refusal(URI.create("https://crm.example.com.evil.example/")))
                .isPresent();
    }
}
