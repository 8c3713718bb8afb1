package io.tidings.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormRequestTest {
    private static String form(String value) {
        FormRequest request = new FormRequest(HttpMethod.POST, "/");
        request.addField("Body", value);
        return request.encodeFormBody();
    }

    @Test
    void every_character_is_written_as_the_jdk_writes_it() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = "a" + Character.toString(point) + "b";
            if (!form(text).equals("Body=" + URLEncoder.encode(text, StandardCharsets.UTF_8))) {
                assertThat(form(text))
                        .as("code point %x", point)
                        .isEqualTo("Body=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
            }
        }
    }

    /** A surrogate alone is one question mark; JDK 17 and 25 differ in how many a run of them becomes. */
    @Test
    void texts_of_any_16_bit_units_are_written_as_the_jdk_writes_their_characters() {
        long seed = System.nanoTime();
        System.out.println("FormRequestTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append((char) (random.nextBoolean() ? 0xD700 + random.nextInt(0x900) : random.nextInt(0x800)));
            }
            assertThat(form(text.toString()))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo("Body=" + characterByCharacter(text.toString()));
        }
    }

    private static String characterByCharacter(String text) {
        return text.codePoints()
                .mapToObj(point -> URLEncoder.encode(Character.toString(point), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }
}
