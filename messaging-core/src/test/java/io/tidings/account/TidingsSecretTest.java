package io.tidings.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.account.TidingsSecret.Purpose;
import io.tidings.message.Secret;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class TidingsSecretTest {
    private static final Secret OLD = new Secret("old-0123456789abcdef0123456789abcdef");
    private static final Secret NEW = new Secret("new-0123456789abcdef0123456789abcdef");

    @Test
    void the_same_secret_gives_the_same_keys_in_every_process() {
        TidingsSecret one = TidingsSecret.of(OLD);
        TidingsSecret other = TidingsSecret.of(OLD);

        assertThat(one.currentKeyId()).isEqualTo(other.currentKeyId()).isEqualTo("f0e64fbd");
        for (Purpose purpose : Purpose.values()) {
            assertThat(one.currentKey(purpose)).isEqualTo(other.currentKey(purpose));
            assertThat(one.currentKey(purpose).getEncoded()).hasSize(32);
        }
    }

    @Test
    void every_purpose_and_every_secret_has_a_key_of_its_own() {
        TidingsSecret secret = TidingsSecret.of(NEW, OLD);

        List<String> keys = secret.keyIds().stream()
                .flatMap(id -> Arrays.stream(Purpose.values())
                        .map(purpose -> HexFormat.of()
                                .formatHex(secret.key(purpose, id).orElseThrow().getEncoded())))
                .toList();

        assertThat(keys).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void after_rotation_the_new_secret_signs_and_the_old_one_still_verifies() {
        TidingsSecret before = TidingsSecret.of(OLD);
        TidingsSecret after = TidingsSecret.of(NEW, OLD);

        assertThat(after.currentKeyId()).isNotEqualTo(before.currentKeyId());
        assertThat(after.key(Purpose.CALLBACK_MAC, before.currentKeyId()))
                .contains(before.currentKey(Purpose.CALLBACK_MAC));
    }

    @Test
    void an_unknown_key_id_has_no_key() {
        assertThat(TidingsSecret.of(NEW).key(Purpose.CALLBACK_MAC, "00000000")).isEmpty();
    }

    @Test
    void random_secrets_differ() {
        assertThat(TidingsSecret.random().currentKeyId())
                .isNotEqualTo(TidingsSecret.random().currentKeyId());
    }

    @Test
    void refuses_secrets_that_are_missing_short_or_repeated_and_says_what_to_do() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TidingsSecret.of(List.of()))
                .withMessageContaining("openssl rand");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TidingsSecret.of(new Secret("hunter2")))
                .withMessageContaining("fewer than 32")
                .withMessageNotContaining("hunter2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TidingsSecret.of(OLD, OLD))
                .withMessageContaining("twice");
    }

    @Test
    void prints_ids_only() {
        assertThat(TidingsSecret.of(OLD)).hasToString("TidingsSecret[f0e64fbd]");
    }
}
