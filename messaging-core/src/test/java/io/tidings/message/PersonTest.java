package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonTest {
    private static final PhoneNumber ANA = new PhoneNumber("+12025550123");
    private static final String VALUE = "09af".repeat(16);

    @Test
    void a_person_without_hashes_is_recognised_by_the_number_alone() {
        assertThat(Person.of(ANA)).isEqualTo(new Person(ANA, List.of()));
    }

    @Test
    void the_hashes_of_a_person_are_a_copy() {
        List<PersonHash> hashes = new ArrayList<>(List.of(new PersonHash("0123abcf", VALUE)));
        Person person = new Person(ANA, hashes);
        hashes.clear();

        assertThat(person.hashes()).containsExactly(new PersonHash("0123abcf", VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "99999999", "aaaaaaaa", "ffffffff", "0a9f0a9f"})
    void the_id_of_a_secret_is_eight_hexadecimal_digits(String keyId) {
        assertThat(new PersonHash(keyId, VALUE).keyId()).isEqualTo(keyId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000000",
                "000000000",
                "0000000/",
                "0000000:",
                "0000000`",
                "0000000g",
                "/0000000",
                "FFFFFFFF"
            })
    void anything_else_is_refused_as_the_id_of_a_secret(String keyId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PersonHash(keyId, VALUE))
                .withMessageContaining("8 hexadecimal digits");
    }

    @Test
    void a_hash_that_is_cut_or_not_hexadecimal_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PersonHash("00000000", VALUE.substring(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new PersonHash("00000000", VALUE.replace('f', 'g')));
    }

    @Test
    void a_hash_prints_its_key_and_its_beginning() {
        assertThat(new PersonHash("0123abcf", VALUE)).hasToString("PersonHash[0123abcf, 09af…]");
    }
}
