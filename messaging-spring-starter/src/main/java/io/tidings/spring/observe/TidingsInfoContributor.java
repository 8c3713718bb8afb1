package io.tidings.spring.observe;

import io.tidings.Tidings;
import io.tidings.jdbc.SchemaState;
import io.tidings.provider.Provider;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Which version runs, over which provider and database. */
final class TidingsInfoContributor implements InfoContributor {
    private final Pulse pulse;
    private final Provider provider;

    TidingsInfoContributor(Pulse pulse, Provider provider) {
        this.pulse = pulse;
        this.provider = provider;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> about = new LinkedHashMap<>();
        String version = Tidings.class.getPackage().getImplementationVersion();
        about.put("version", version == null ? "development" : version);
        about.put("live", provider.isLive());
        pulse.latest().ifPresent(reading -> {
            SchemaState schema = reading.schema();
            about.put("store", schema == null ? "memory" : schema.database());
            if (schema != null) {
                about.put("tables", schema.version());
            }
        });
        builder.withDetail("tidings", about);
    }
}
