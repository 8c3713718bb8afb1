package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.Actor;
import io.tidings.audit.AuditSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of docs/audit.md. */
class AuditSnippetsTest {

    @Test
    void a_host_tells_who_acts_and_keeps_checkpoints() {
        List<String> kept = new ArrayList<>();
        // tag::settings
        AuditSettings settings = AuditSettings.defaults()
                .withActors(() -> Actor.user("u-17"))
                .withEnvironment("production")
                .withCheckpoints(checkpoint -> kept.add(checkpoint.line()));
        // end::settings
        assertThat(settings.actors().current()).hasToString("USER:u-17");
    }
}
