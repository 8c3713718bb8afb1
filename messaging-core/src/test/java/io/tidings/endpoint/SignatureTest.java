package io.tidings.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final Secret PUBLISHED = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** Id, time, body, secret and signature are those of the tests of Standard Webhooks' own libraries. */
    @Test
    void the_published_example_is_signed_as_published() {
        assertThat(Signature.of(List.of(PUBLISHED), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void while_a_secret_is_rotated_both_sign() {
        Secret other = new Secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");

        String both = Signature.of(List.of(other, PUBLISHED), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY);

        assertThat(both.split(" "))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .contains("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_not base 64 at all!",
                "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            })
    void a_malformed_secret_is_refused_without_quoting_it(String text) {
        assertThatThrownBy(() -> Signature.key(new Secret(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openssl rand")
                .satisfies(thrown ->
                        assertThat(thrown.toString()).doesNotContain("c2hvcnQ").doesNotContain("MfKQ9"))
                .hasNoCause();
    }
}
