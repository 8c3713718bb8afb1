package io.tidings.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.gate.Decision;
import io.tidings.gate.Facts;
import io.tidings.gate.GateCase;
import io.tidings.gate.Stage;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptOutGateTest {

    @ParameterizedTest
    @EnumSource
    void nobody_who_opted_out_is_texted_at_any_stage(Stage stage) {
        OptOutGate gate = new OptOutGate();
        Facts optedOut = new Facts(GateCase.NOW, null, 0, 0, null);

        assertThat(gate.name()).isEqualTo("opt-out");
        assertThat(gate.check(GateCase.knowing(stage, optedOut)))
                .isEqualTo(new Decision.Refuse("the recipient opted out", Map.of("since", GateCase.NOW.toString())));
        assertThat(gate.check(GateCase.knowing(stage, Facts.NONE)))
                .isEqualTo(new Decision.Pass("the recipient has not opted out", Map.of()));
    }
}
