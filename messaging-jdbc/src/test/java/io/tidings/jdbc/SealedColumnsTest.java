package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.NotConfiguredException;
import io.tidings.message.Secret;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedColumnsTest {
    private static final String PLACE = ColumnCipher.place("message.body", 7);
    private static final String NUMBER = "+12025550143";

    private final SealedColumns cipher = new SealedColumns(TestKeys.ONE, "one");

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Grüße 👋", "e1:one:AAAA", "h1:x"})
    void what_is_sealed_opens_at_its_place(String text) {
        String sealed = cipher.seal(PLACE, text);

        assertThat(sealed).startsWith("e1:one:");
        assertThat(cipher.open(PLACE, sealed)).isEqualTo(text);
    }

    @Test
    void equal_texts_never_look_alike() {
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            sealed.add(cipher.seal(PLACE, NUMBER));
        }
        assertThat(sealed).hasSize(1_000).noneMatch(one -> one.contains("2025550143"));
    }

    @Test
    void any_changed_bit_and_any_other_place_is_refused_without_the_text() {
        String sealed = cipher.seal(PLACE, "Your code is 4711.");
        byte[] bytes = Base64.getDecoder().decode(sealed.substring("e1:one:".length()));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            String changed = "e1:one:" + Base64.getEncoder().encodeToString(bytes);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> cipher.open(PLACE, changed)).isInstanceOf(UnreadableRowException.class);
        }
        assertThatThrownBy(() -> cipher.open(ColumnCipher.place("message.body", 8), sealed))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessageContaining("another row")
                .hasMessageNotContaining("4711");
        assertThatThrownBy(() -> cipher.open(PLACE, sealed.substring(0, 20)))
                .isInstanceOf(UnreadableRowException.class);
        assertThatThrownBy(() -> cipher.open(PLACE, "e1:")).isInstanceOf(UnreadableRowException.class);
    }

    @Test
    void an_older_key_reads_what_it_sealed_and_seals_nothing() {
        String old = cipher.seal(PLACE, "text");
        SealedColumns rotated =
                new SealedColumns(ColumnKeys.of("two", TestKeys.key(2)).withOlder("one", TestKeys.key(1)), "one");

        assertThat(rotated.open(PLACE, old)).isEqualTo("text");
        assertThat(rotated.seal(PLACE, "text")).startsWith("e1:two:");
        assertThat(rotated.number(NUMBER)).isEqualTo(cipher.number(NUMBER));
        SealedColumns without = new SealedColumns(ColumnKeys.of("two", TestKeys.key(2)), "two");
        assertThatThrownBy(() -> without.open(PLACE, old))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessageContaining("not among those that were given");
        assertThat(without.number(NUMBER)).isNotEqualTo(cipher.number(NUMBER));
    }

    @Test
    void a_number_is_looked_up_by_twenty_characters_that_are_no_number() {
        assertThat(cipher.number(NUMBER))
                .hasSize(20)
                .doesNotStartWith("+")
                .isEqualTo(cipher.number(NUMBER))
                .isNotEqualTo(cipher.number("+12025550144"));
        assertThat(cipher.token("order", "a")).hasSize(46).isNotEqualTo(cipher.token("subject", "a"));
    }

    /** The figures were computed apart from this program, with Python's hmac and hashlib. */
    @Test
    void lookups_are_hmacs_with_a_key_derived_by_hkdf() {
        assertThat(cipher.number(NUMBER)).isEqualTo("_ONT8p3LzIWlHSEoaBH1");
        assertThat(SealedColumns.check(TestKeys.ONE, "one")).isEqualTo("7be469a856995c9c");
    }

    @Test
    void keys_that_are_none_are_refused_with_what_to_do_and_without_the_key() {
        String short31 = Base64.getEncoder().encodeToString(new byte[31]);
        assertThatThrownBy(() -> ColumnKeys.of("k", new Secret(short31)))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("k has 31 bytes")
                .hasMessageContaining("openssl rand -base64 32");
        assertThatThrownBy(() -> ColumnKeys.of("k", new Secret("no base64 at all!")))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("no Base64")
                .hasMessageNotContaining("at all")
                .hasNoCause();
        assertThatThrownBy(() -> ColumnKeys.of("a:b", TestKeys.key(1))).isInstanceOf(NotConfiguredException.class);
        assertThatThrownBy(() -> TestKeys.ONE.withOlder("one", TestKeys.key(2)))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("two encryption keys with the id one");
        assertThat(TestKeys.ONE).hasToString("ColumnKeys[current=one, ids=[one]]");
    }
}
