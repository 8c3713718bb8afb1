package io.tidings.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @Test
    void the_median_and_the_quantiles_are_those_of_the_numbers() {
        Samples samples = new Samples(List.of(5.0, 1.0, 3.0, 2.0));

        assertThat(samples.median()).isEqualTo(2.5);
        assertThat(samples.quantile(0)).isEqualTo(1);
        assertThat(samples.quantile(1)).isEqualTo(5);
        assertThat(samples.count()).isEqualTo(4);
        assertThat(new Samples(List.of(7.0)).quantile(0.99)).isEqualTo(7);
    }

    @Test
    void of_nothing_there_is_no_median() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Samples(List.of()));
    }

    @Test
    void the_line_of_ratios_has_the_given_order_and_a_decimal_point() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratios.put("granted_1t", 1.0374);
        ratios.put("bytes_per_op", 0.0);

        assertThat(Results.ratioLine(ratios)).isEqualTo("ratios: granted_1t=1.037 bytes_per_op=0.000");
    }

    @Test
    void a_run_is_kept_as_json_and_replaces_the_one_before(@TempDir Path folder) throws IOException {
        Results older = new Results("throttle-quick");
        older.put("ratios", Map.of("granted_1t", 9.9));
        older.write(folder);
        Results newer = new Results("throttle-quick");
        newer.put("ratios", Map.of("granted_1t", 1.037));

        JsonNode kept = new ObjectMapper().readTree(newer.write(folder).toFile());

        assertThat(kept.path("benchmark").asText()).isEqualTo("throttle-quick");
        assertThat(kept.path("processors").asInt()).isPositive();
        assertThat(kept.path("ratios").path("granted_1t").asDouble()).isEqualTo(1.037);
    }
}
