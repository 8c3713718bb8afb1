package io.tidings.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.Person;
import io.tidings.message.PersonHash;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

class PersonHashesTest {
    private static final Secret OLD = new Secret("a secret of enough characters, one");
    private static final Secret NEW = new Secret("a secret of enough characters, two");
    private static final PhoneNumber PERSON = new PhoneNumber("+12025550123");

    private static Person person(TidingsSecret secret) {
        return new PersonHashes(secret).of(TenantId.DEFAULT, PERSON);
    }

    @Test
    void a_person_is_hashed_with_the_suppression_key_over_tenant_and_number() throws Exception {
        TidingsSecret secret = TidingsSecret.of(OLD);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(secret.currentKey(TidingsSecret.Purpose.SUPPRESSION));
        byte[] hash = mac.doFinal("default\n+12025550123".getBytes(StandardCharsets.UTF_8));

        assertThat(person(secret).hashes())
                .containsExactly(
                        new PersonHash(secret.currentKeyId(), HexFormat.of().formatHex(hash)));
    }

    @Test
    void there_is_a_hash_for_every_secret_and_the_current_one_comes_first() {
        Person before = person(TidingsSecret.of(OLD));
        Person during = person(TidingsSecret.of(NEW, OLD));

        assertThat(during.hashes()).hasSize(2).endsWith(before.hashes().get(0));
        assertThat(during.hashes().get(0))
                .isEqualTo(person(TidingsSecret.of(NEW)).hashes().get(0));
    }

    @Test
    void tenants_cannot_be_compared_by_their_hashes() {
        PersonHashes hashes = new PersonHashes(TidingsSecret.of(OLD));

        assertThat(hashes.of(new TenantId("a"), PERSON).hashes())
                .isNotEqualTo(hashes.of(new TenantId("b"), PERSON).hashes());
    }

    @Test
    void nobody_gets_the_hash_of_somebody_else_however_many_were_asked_about() {
        PersonHashes hashes = new PersonHashes(TidingsSecret.of(OLD));
        Map<Person, String> seen = new HashMap<>();

        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < 5_000; i++) {
                for (String tenant : List.of("a", "b")) {
                    PhoneNumber number = new PhoneNumber("+1202555" + (1_000 + i));
                    Person person = hashes.of(new TenantId(tenant), number);

                    assertThat(person.number()).isEqualTo(number);
                    assertThat(seen.putIfAbsent(person, tenant)).isEqualTo(turn == 0 ? null : tenant);
                }
            }
        }
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void a_hash_is_printed_in_part_only() {
        PersonHash hash = person(TidingsSecret.of(OLD)).hashes().get(0);

        assertThat(hash.toString()).doesNotContain(hash.value()).contains(hash.keyId());
    }
}
