package io.tidings.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {
    private static final Map<String, List<String>> CALL = Map.of(
            "CallSid", List.of("CA1234567890ABCDE"),
            "Caller", List.of("+14158675309"),
            "Digits", List.of("1234"),
            "From", List.of("+14158675309"),
            "To", List.of("+18005551212"));

    @ParameterizedTest
    @CsvSource({
        "https://mycompany.com/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "https://mycompany.com:443/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=",
        "http://mycompany.com:80/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "http://mycompany.com:1234/myapp.php?foo=1&bar=2, Zmvh+3yNM1Phv2jhDCwEM3q5ebU="
    })
    void agrees_with_the_published_vectors(String url, String signature) {
        assertThat(Signature.of("12345", url, CALL)).isEqualTo(signature);
    }

    @Test
    void signs_the_address_alone_when_there_are_no_parameters() {
        assertThat(Signature.of("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", Map.of()))
                .isEqualTo("zYQTYrRWXE7LtzbG4PfP7/bkkGo=");
    }

    @Test
    void signs_text_beyond_ascii_and_empty_values() {
        Map<String, List<String>> form =
                Map.of("Body", List.of("héllo wörld"), "MediaUrl0", List.of(""), "To", List.of("+15551230000"));

        assertThat(Signature.of("12345", "https://example.com/cb", form)).isEqualTo("OwhLvzi0PlFi2Z8NxVCpHv3yxYM=");
    }

    @Test
    void signs_each_distinct_value_of_a_name_once_and_sorted() {
        Map<String, List<String>> several = Map.of("A", List.of("2", "1", "2"));

        assertThat(Signature.of("t", "http://h/A1", Map.of("A", List.of("2"))))
                .isEqualTo(Signature.of("t", "http://h/", several));
    }

    @Test
    void leaves_fragment_and_password_out_of_the_signed_address() {
        assertThat(CallbackSender.signedUrl("https://me:secret@example.com/a@b?c=%26#rc=3"))
                .isEqualTo("https://example.com/a@b?c=%26");
        assertThat(CallbackSender.signedUrl("https://example.com")).isEqualTo("https://example.com");
    }
}
