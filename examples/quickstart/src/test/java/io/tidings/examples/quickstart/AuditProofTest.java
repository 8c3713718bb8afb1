package io.tidings.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.test.FakeProvider;
import org.junit.jupiter.api.Test;

/** The proof itself: it must see what was changed, or its "intact" means nothing. */
class AuditProofTest {
    private final AuditProof proof = new AuditProof();

    @Test
    void an_export_is_intact_until_it_is_changed_or_cut() {
        try (Tidings tidings = Tidings.builder(new FakeProvider())
                .from("+12025550100")
                .secret(proof.secret())
                .audit(proof.settings())
                .build()) {
            tidings.sms("+12025550143", "Your car is ready.");
            tidings.sms("+12025550144", "Your car is ready.");

            assertThat(proof.verify(tidings.audit()).isIntact()).isTrue();
            String export = AuditProof.export(tidings.audit());
            String cut = export.substring(0, export.lastIndexOf('\n', export.length() - 2) + 1);

            assertThat(proof.verify(export).isIntact()).isTrue();
            assertThat(proof.verify(cut).isIntact()).isFalse();
            assertThat(proof.verify(export.replace("message.sent", "message.lost"))
                            .isIntact())
                    .isFalse();
        }
    }
}
