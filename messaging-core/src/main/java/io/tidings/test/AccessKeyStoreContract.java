package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.access.AccessKey;
import io.tidings.access.AccessKeyStore;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link AccessKeyStore} does. */
abstract class AccessKeyStoreContract extends StoreContract {
    private static final TenantId GARAGE = new TenantId("garage");
    private static final Instant END = Instant.parse("2199-01-01T00:00:00Z");
    private static final AccessKey.Draft SHOP =
            new AccessKey.Draft("shop", "0".repeat(64), GARAGE, Map.of("scopes", "SEND,READ", "guests", ""), END);
    private static final AccessKey.Draft CRM = new AccessKey.Draft("crm", "f".repeat(64), null, Map.of(), null);

    AccessKeyStoreContract(AllStoresContract author) {
        super(author);
    }

    private AccessKeyStore keys() {
        return stores().records().keys();
    }

    private AccessKey.Life life(String id) {
        return keys().find(id).orElseThrow().life();
    }

    @Test
    void a_key_is_kept_whole() {
        assertThat(keys().find("shop")).isEmpty();
        assertThat(keys().add(SHOP, "USER:ana")).isTrue();
        assertThat(keys().add(CRM, "HOST:host")).isTrue();

        AccessKey shop = keys().find("shop").orElseThrow();
        assertThat(shop)
                .isEqualTo(new AccessKey(
                        "shop",
                        SHOP.hash(),
                        GARAGE,
                        SHOP.grants(),
                        new AccessKey.Life(shop.life().createdAt(), "USER:ana", END, null, null)));
        assertThat(keys().find("crm").orElseThrow().tenant()).isNull();
        assertThat(keys().all()).extracting(AccessKey::id).containsExactly("crm", "shop");
    }

    @Test
    void an_id_names_one_key_for_ever() {
        keys().add(SHOP, "USER:ana");
        AccessKey.Draft other = new AccessKey.Draft("shop", "1".repeat(64), null, Map.of(), null);

        assertThat(keys().add(other, "USER:bo")).isFalse();
        keys().revoke("shop");
        assertThat(keys().add(other, "USER:bo")).isFalse();
        assertThat(keys().find("shop").orElseThrow().hash()).isEqualTo(SHOP.hash());
    }

    @Test
    void a_key_is_revoked_once_and_stays_to_be_seen() {
        keys().add(SHOP, "USER:ana");
        keys().add(CRM, "USER:ana");

        assertThat(keys().revoke("shop")).isTrue();
        Instant at = life("shop").revokedAt();
        advance(Duration.ofMinutes(5));
        assertThat(keys().revoke("shop")).isFalse();
        assertThat(keys().revoke("unknown")).isFalse();

        assertThat(at).isNotNull();
        assertThat(life("shop").revokedAt()).isEqualTo(at);
        assertThat(life("crm").revokedAt()).isNull();
    }

    @Test
    void the_last_use_is_written_once_a_minute() {
        keys().add(SHOP, "USER:ana");
        assertThat(life("shop").lastUsed()).isNull();

        keys().used("shop");
        Instant first = Objects.requireNonNull(life("shop").lastUsed());
        advance(Duration.ofSeconds(30));
        keys().used("shop");
        assertThat(life("shop").lastUsed()).isEqualTo(first);

        advance(Duration.ofSeconds(30));
        keys().used("shop");
        assertThat(life("shop").lastUsed()).isAfterOrEqualTo(first.plusSeconds(60));
    }

    @Test
    void a_key_that_is_rolled_back_was_never_there() {
        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    keys().add(SHOP, "USER:ana");
                    throw new IllegalStateException("the host changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(keys().all()).isEmpty();
        assertThat(keys().add(SHOP, "USER:ana")).isTrue();
    }

    private static AccessKey.Draft inviting(String id, TenantId tenant, PhoneNumber... guests) {
        String listed = Arrays.stream(guests).map(PhoneNumber::e164).collect(Collectors.joining(","));
        return new AccessKey.Draft(
                id, "0".repeat(64), tenant, Map.of(AccessKey.GUESTS, listed, "scopes", "SEND"), null);
    }

    @Test
    void keys_are_found_by_their_guests_within_a_tenant() {
        keys().add(inviting("own", GARAGE, number(1), number(2)), "USER:ana");
        keys().add(
                        new AccessKey.Draft(
                                "all",
                                "0".repeat(64),
                                null,
                                Map.of("guests", number(1).e164()),
                                null),
                        "USER:ana");
        keys().add(inviting("others", new TenantId("shop"), number(1)), "USER:ana");
        keys().add(inviting("bob", GARAGE, number(2)), "USER:ana");
        keys().add(
                        new AccessKey.Draft(
                                "note",
                                "0".repeat(64),
                                GARAGE,
                                Map.of("note", number(1).e164()),
                                null),
                        "USER:ana");
        keys().add(inviting("longer", GARAGE, new PhoneNumber(number(1).e164() + "9")), "USER:ana");
        keys().revoke("own");

        assertThat(keys().inviting(GARAGE, number(1))).extracting(AccessKey::id).containsExactly("all", "own");
        assertThat(keys().inviting(GARAGE, number(3))).isEmpty();
    }

    @Test
    void a_guest_who_is_erased_is_in_no_key_and_the_others_stay() {
        keys().add(inviting("own", GARAGE, number(1), number(2)), "USER:ana");
        keys().add(inviting("alone", GARAGE, number(1)), "USER:ana");
        keys().add(inviting("others", new TenantId("shop"), number(1)), "USER:ana");

        assertThat(keys().uninvite(GARAGE, number(1))).isEqualTo(2);
        assertThat(keys().uninvite(GARAGE, number(1))).isZero();

        assertThat(keys().inviting(GARAGE, number(1))).isEmpty();
        AccessKey own = keys().find("own").orElseThrow();
        assertThat(own.grants())
                .containsEntry(AccessKey.GUESTS, number(2).e164())
                .containsEntry("scopes", "SEND");
        assertThat(keys().find("alone").orElseThrow().grants()).containsEntry(AccessKey.GUESTS, "");
        assertThat(keys().find("others").orElseThrow().hasGuest(number(1))).isTrue();
    }

    @Test
    void an_erasure_that_is_rolled_back_leaves_the_guests() {
        keys().add(inviting("own", GARAGE, number(1)), "USER:ana");

        assertThatThrownBy(() -> stores().transactions().execute(() -> {
                    keys().uninvite(GARAGE, number(1));
                    throw new IllegalStateException("the host changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(keys().find("own").orElseThrow().hasGuest(number(1))).isTrue();
    }
}
