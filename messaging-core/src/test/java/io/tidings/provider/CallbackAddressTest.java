package io.tidings.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.message.AttemptId;
import io.tidings.message.MessageId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackAddressTest {
    private static final URI PUBLIC = URI.create("https://shop.example.com/tidings");
    private static final MacKey OLD = key("k1");
    private static final MacKey NEW = key("k2");
    private static final AttemptId ATTEMPT =
            new AttemptId(new MessageId(UUID.fromString("0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b")), 3);

    private final CallbackAddress address = CallbackAddress.at(PUBLIC, List.of(NEW, OLD));

    @Test
    void an_address_names_key_message_and_attempt_and_carries_the_overrides_as_a_fragment() {
        assertThat(address.uri(ATTEMPT).toString())
                .matches("https://shop\\.example\\.com/tidings/status/k2/0193a1b2c3d47e5f8a9b0c1d2e3f4a5b\\.3\\."
                        + "[0-9a-f]{32}#rc=5&rp=all");
    }

    @Test
    void the_mac_is_the_one_that_openssl_computes() {
        // printf 'tidings/status-callback/1\0' + id + 00000003 | openssl dgst -sha256 -mac HMAC, cut to 16 bytes
        CallbackAddress fixed = CallbackAddress.at(
                PUBLIC, List.of(new MacKey("k1", "0123456789abcdef".getBytes(StandardCharsets.US_ASCII))));

        assertThat(fixed.uri(ATTEMPT).getPath()).endsWith(".3.2f75ace1d65ce5a9a62930a5edebf173");
    }

    @Test
    void an_address_reads_back_as_its_attempt_for_every_attempt_number() {
        for (int number : new int[] {1, 9, 10, 999_999_999, Integer.MAX_VALUE}) {
            AttemptId attempt = new AttemptId(ATTEMPT.message(), number);
            assertThat(address.read(address.uri(attempt).getRawPath())).contains(attempt);
        }
    }

    @Test
    void an_address_made_with_the_previous_key_is_still_read() {
        URI made = CallbackAddress.at(PUBLIC, List.of(OLD)).uri(ATTEMPT);

        assertThat(address.read(made.getRawPath())).contains(ATTEMPT);
    }

    @Test
    void an_address_made_with_a_removed_key_is_not_read() {
        URI made = CallbackAddress.at(PUBLIC, List.of(key("k3"))).uri(ATTEMPT);

        assertThat(address.read(made.getRawPath())).isEmpty();
    }

    @Test
    void an_unknown_key_id_is_refused_even_with_the_mac_of_the_stand_in_key() {
        URI made = CallbackAddress.at(PUBLIC, List.of(new MacKey("none", new byte[32])))
                .uri(ATTEMPT);

        assertThat(address.read(made.getRawPath())).isEmpty();
    }

    @Test
    void a_host_key_that_happens_to_be_called_like_the_stand_in_works() {
        CallbackAddress own = CallbackAddress.at(PUBLIC, List.of(new MacKey("none", new byte[32])));

        assertThat(own.read(own.uri(ATTEMPT).getRawPath())).contains(ATTEMPT);
    }

    @Test
    void changing_any_one_character_makes_the_address_unreadable() {
        String path = address.uri(ATTEMPT).getRawPath();
        for (int at = 0; at < path.length(); at++) {
            char other = path.charAt(at) == '1' ? '2' : '1';
            assertThat(address.read(path.substring(0, at) + other + path.substring(at + 1)))
                    .as("position %d", at)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/tidings/status",
                "/tidings/status/k2/",
                "/status/k2/0193a1b2c3d47e5f8a9b0c1d2e3f4a5b.3.00000000000000000000000000000000",
                "/tidings/status/k2/0193a1b2c3d47e5f8a9b0c1d2e3f4a5b.03.00000000000000000000000000000000",
                "/tidings/status/k2/0193a1b2c3d47e5f8a9b0c1d2e3f4a5b.9999999999.00000000000000000000000000000000",
                "/tidings/status/k2/0193a1b2c3d47e5f8a9b0c1d2e3f4a5b.0.00000000000000000000000000000000",
                "/tidings/status/k2/0193a1b2c3d47e5f8a9b0c1d2e3f4a5b.3."
            })
    void what_is_no_address_reads_as_nothing(String path) {
        assertThat(address.read(path)).isEmpty();
    }

    @Test
    void anything_behind_or_around_a_good_address_is_refused() {
        String path = address.uri(ATTEMPT).getRawPath();

        assertThat(address.read(path + "/")).isEmpty();
        assertThat(address.read(path + "?a=b")).isEmpty();
        assertThat(address.read(path + "\n")).isEmpty();
        assertThat(address.read("/x" + path)).isEmpty();
        assertThat(address.read(path.replace(".3.", "%2E3%2E"))).isEmpty();
        assertThat(address.read(path.toUpperCase(java.util.Locale.ROOT))).isEmpty();
    }

    @Test
    void overrides_can_be_changed_and_left_out() {
        assertThat(address.withOverrides("rc=3&rp=5xx,ct&ct=2000").uri(ATTEMPT).getFragment())
                .isEqualTo("rc=3&rp=5xx,ct&ct=2000");
        assertThat(address.withOverrides("").uri(ATTEMPT).getFragment()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> address.withOverrides("retries=5"))
                .withMessageContaining("rc=5&rp=all");
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com, https://shop.example.com",
        "https://shop.example.com/, https://shop.example.com",
        "HTTPS://Shop.Example.com/Tidings/, https://shop.example.com/Tidings",
        "http://127.0.0.1:8080/t, http://127.0.0.1:8080/t",
        "http://[::1]:8080/t, http://[::1]:8080/t",
        "https://xn--bcher-kva.example/~a-b_c.d, https://xn--bcher-kva.example/~a-b_c.d"
    })
    void a_public_url_is_taken_with_lower_case_host_and_without_a_slash_at_its_end(URI given, String taken) {
        CallbackAddress made = CallbackAddress.at(given, List.of(NEW));

        assertThat(made.publicUrl()).isEqualTo(taken);
        assertThat(made.read(made.uri(ATTEMPT).getRawPath())).contains(ATTEMPT);
    }

    @ParameterizedTest
    @CsvSource({
        "https://my_shop.example.com/t, underscore",
        "shop.example.com/t, https://",
        "ftp://shop.example.com/t, https://",
        "https:///t, host name",
        "mailto:a@example.com, https://",
        "https://user:geheim@shop.example.com/t, user or password",
        "https://shop.example.com:0/t, port",
        "https://shop.example.com:99999/t, port",
        "https://shop.example.com/t?x=1, query",
        "https://shop.example.com/t#rc=1, fragment",
        "https://shop.example.com/a%20b, re-encoded",
        "https://shop.example.com/a//b, re-encoded",
        "https://shop.example.com/a/../b, re-encoded",
        "https://shop.example.com/a;b, re-encoded"
    })
    void a_public_url_that_twilio_or_a_proxy_would_stumble_over_is_refused_with_the_reason(URI url, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallbackAddress.at(url, List.of(NEW)))
                .withMessageContaining(reason)
                .withMessageNotContaining("geheim");
    }

    @Test
    void keys_must_be_there_be_told_apart_and_be_long_enough() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallbackAddress.at(PUBLIC, List.of()))
                .withMessageContaining("tidings.secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallbackAddress.at(PUBLIC, List.of(OLD, key("k1"))))
                .withMessageContaining("same id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MacKey("k1", new byte[15]))
                .withMessageContaining("16");
        assertThatIllegalArgumentException().isThrownBy(() -> new MacKey("K 1", new byte[16]));
    }

    @Test
    void a_key_is_copied_compared_by_its_bytes_and_never_printed() {
        byte[] bytes = "secretsecretsecret".getBytes(StandardCharsets.US_ASCII);
        MacKey key = new MacKey("k1", bytes);
        bytes[0] = 0;
        key.bytes()[0] = 0;

        assertThat(key).isEqualTo(new MacKey("k1", "secretsecretsecret".getBytes(StandardCharsets.US_ASCII)));
        assertThat(key).isNotEqualTo(new MacKey("k1", bytes)).hasSameHashCodeAs(new MacKey("k1", bytes));
        assertThat(key).hasToString("MacKey[k1, ***]");
        assertThat(address.toString()).contains("k2").doesNotContain("secret");
    }

    private static MacKey key(String id) {
        return new MacKey(id, ("a test key of its own: " + id).getBytes(StandardCharsets.US_ASCII));
    }
}
