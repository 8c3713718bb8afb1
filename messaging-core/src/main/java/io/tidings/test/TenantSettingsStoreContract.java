package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.gate.SendingHours;
import io.tidings.message.Category;
import io.tidings.message.TenantId;
import io.tidings.tenant.Suspension;
import io.tidings.tenant.TenantSettings;
import io.tidings.tenant.TenantSettingsStore;
import io.tidings.throttle.Rate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link TenantSettingsStore} does. */
abstract class TenantSettingsStoreContract extends StoreContract {
    private static final TenantId GARAGE = new TenantId("garage");

    TenantSettingsStoreContract(AllStoresContract author) {
        super(author);
    }

    private TenantSettingsStore tenants() {
        return stores().records().tenants();
    }

    @Test
    void settings_are_kept_whole_and_replaced_whole() {
        TenantSettings all = TenantSettings.NONE
                .withRate(Rate.perMinute(90))
                .withAttempts(2)
                .withHours(Category.MARKETING, SendingHours.between(9, 18))
                .withDailyMessages(5_000L);

        assertThat(tenants().find(GARAGE)).isEmpty();
        assertThat(tenants().put(GARAGE, all)).isEmpty();
        assertThat(tenants().find(GARAGE)).contains(all);

        assertThat(tenants().put(GARAGE, TenantSettings.NONE.withAttempts(5))).contains(all);
        assertThat(tenants().find(GARAGE)).contains(TenantSettings.NONE.withAttempts(5));
        assertThat(tenants().find(TenantId.DEFAULT)).isEmpty();
    }

    @Test
    void a_suspension_is_kept_with_its_reason() {
        for (boolean forGood : new boolean[] {false, true}) {
            Suspension suspension = new Suspension("not paid: \"June\", \u20ac 5", forGood);
            TenantSettings suspended = new TenantSettings(null, 2, Map.of(), null, suspension);
            tenants().put(GARAGE, suspended);

            assertThat(tenants().find(GARAGE)).contains(suspended);
        }
    }

    @Test
    void tenants_with_settings_are_listed_by_name() {
        tenants().put(GARAGE, TenantSettings.NONE);
        tenants().put(new TenantId("bakery"), TenantSettings.NONE.withAttempts(1));
        tenants().put(GARAGE, TenantSettings.NONE.withAttempts(1));

        assertThat(tenants().tenants()).containsExactly(new TenantId("bakery"), GARAGE);
    }
}
