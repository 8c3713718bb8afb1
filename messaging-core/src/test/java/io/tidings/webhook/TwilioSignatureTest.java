package io.tidings.webhook;

import static io.tidings.webhook.CallbackScene.parameter;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.tidings.message.Secret;
import io.tidings.webhook.RawCallback.Parameter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioSignatureTest {
    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final List<Map.Entry<String, String>> CALL = List.of(
            parameter("CallSid", "CA1234567890ABCDE"),
            parameter("Caller", "+14158675309"),
            parameter("Digits", "1234"),
            parameter("From", "+14158675309"),
            parameter("To", "+18005551212"));
    private static final String JSON_HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    private static final String JSON_URL = URL + "&bodySHA256=" + JSON_HASH;
    private static final byte[] JSON = "{\"property\": \"value\", \"boolean\": true}".getBytes(StandardCharsets.UTF_8);

    private final TwilioSignature signature = new TwilioSignature(List.of(new Secret("12345")));

    @ParameterizedTest
    @CsvSource({
        "https://mycompany.com/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "https://mycompany.com:443/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=",
        "http://mycompany.com:80/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "http://mycompany.com:1234/myapp.php?foo=1&bar=2, Zmvh+3yNM1Phv2jhDCwEM3q5ebU="
    })
    void the_published_form_vectors_match(String url, String published) {
        assertThat(signature.matches(published, url, ours(CALL))).isTrue();
        assertThat(TwilioSignature.sign(new Secret("12345"), url + TwilioSignature.canonical(ours(CALL))))
                .isEqualTo(published);
        assertThat(ReferenceSignature.sign("12345", url, CALL)).isEqualTo(published);
    }

    @Test
    void the_published_vector_without_parameters_matches() {
        assertThat(signature.matches("zYQTYrRWXE7LtzbG4PfP7/bkkGo=", URL, List.of()))
                .isTrue();
    }

    @Test
    void the_published_json_vector_matches_its_body_and_no_other() {
        String published = "a9nBmqA0ju/hNViExpshrM61xv4=";

        assertThat(signature.matchesBody(published, JSON_URL, JSON)).isTrue();
        assertThat(signature.matchesBody(published, JSON_URL, "{}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(signature.matchesBody("zYQTYrRWXE7LtzbG4PfP7/bkkGo=", URL, JSON))
                .as("without bodySHA256 nothing binds the body")
                .isFalse();
        String twice = JSON_URL + "&bodySHA256=" + "0".repeat(64);
        assertThat(signature.matchesBody(ReferenceSignature.sign("12345", twice, List.of()), twice, JSON))
                .isFalse();
    }

    @Test
    void a_copied_documentation_sample_that_is_wrong_does_not_match() {
        assertThat(signature.matchesBody("hqeF3G9Hrnv6/R0jOhoYDD2PPUs=", JSON_URL, JSON))
                .isFalse();
    }

    @Test
    void a_unicode_body_and_an_empty_value_match() {
        List<Map.Entry<String, String>> form =
                List.of(parameter("Body", "héllo wörld"), parameter("MediaUrl0", ""), parameter("To", "+15551230000"));

        assertThat(signature.matches("OwhLvzi0PlFi2Z8NxVCpHv3yxYM=", "https://example.com/cb", ours(form)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x, https://a.example:443/x",
        "http://a.example/x?q=1, http://a.example:80/x?q=1",
        "https://a.example, https://a.example:443",
        "https://a.example?q=http://b:9/, https://a.example:443?q=http://b:9/",
        "https://a.example:8443/x%2Fy:1, https://a.example/x%2Fy:1",
        "https://a.example:443/%E2%82%AC, https://a.example/%E2%82%AC",
        "https://[::1]/x, https://[::1]:443/x",
        "https://[::1]:9/x], https://[::1]/x]",
        "https://a.example/x#rc=5&rp=all, https://a.example:443/x"
    })
    void the_port_is_added_or_taken_away_as_text_and_the_fragment_dropped(String url, String other) {
        assertThat(TwilioSignature.variants(url)).containsExactly(url.replaceFirst("#.*", ""), other);
    }

    @Test
    void a_repeated_name_counts_each_distinct_value_once_in_order() {
        List<Parameter> parameters = List.of(
                new Parameter("b", "2"), new Parameter("a", "y"), new Parameter("a", "x"), new Parameter("a", "y"));

        assertThat(TwilioSignature.canonical(parameters)).isEqualTo("axayb2");
    }

    @Test
    void names_are_sorted_by_code_unit_with_capitals_first() {
        List<Parameter> parameters = List.of(new Parameter("a", "1"), new Parameter("B", "2"), new Parameter("_", "3"));

        assertThat(TwilioSignature.canonical(parameters)).isEqualTo("B2_3a1");
    }

    @Test
    void any_token_of_a_rotation_is_accepted_and_none_accepts_nothing() {
        TwilioSignature rotating = new TwilioSignature(List.of(new Secret("new"), new Secret("12345")));
        String old = ReferenceSignature.sign("12345", URL, CALL);
        String fresh = ReferenceSignature.sign("new", URL, CALL);

        assertThat(rotating.matches(old, URL, ours(CALL))).isTrue();
        assertThat(rotating.matches(fresh, URL, ours(CALL))).isTrue();
        assertThat(rotating.matches(ReferenceSignature.sign("other", URL, CALL), URL, ours(CALL)))
                .isFalse();
        assertThat(new TwilioSignature(List.of()).matches(old, URL, ours(CALL))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "''",
                "' '",
                "RSOYDt4T1cUTdK1PDd93/VVr8B8",
                "RSOYDt4T1cUTdK1PDd93/VVr8B9=",
                "RSOYDt4T1cUTdK1PDd93_VVr8B8="
            })
    void a_signature_that_is_almost_right_is_wrong(String given) {
        assertThat(signature.matches(given, URL, ours(CALL))).isFalse();
    }

    @Test
    void a_genuine_request_with_percent_escapes_passes_where_the_sdk_refuses_it() {
        String configured = "https://shop.example.com/a%26b?name=J%2BK%20%E2%82%AC";
        String signedWithPort = ReferenceSignature.sign("12345", configured.replace(".com/", ".com:443/"), CALL);

        assertThat(signature.matches(signedWithPort, configured, ours(CALL))).isTrue();
        assertThat(new RequestValidator("12345").validate(configured, toMap(CALL), signedWithPort))
                .isFalse();
    }

    @Test
    void it_agrees_with_the_sdk_wherever_an_address_has_no_escapes_and_no_name_repeats() throws URISyntaxException {
        SplittableRandom random = new SplittableRandom(CallbackScene.seed());
        for (int i = 0; i < CallbackScene.times(5_000, 100_000); i++) {
            String token = Long.toHexString(random.nextLong());
            String url = RandomRequests.plainUrl(random);
            Map<String, String> form = toMap(RandomRequests.parameters(random));
            String given = RandomRequests.signature(random, token, url, List.copyOf(form.entrySet()));
            String received = RandomRequests.slightlyChanged(random, given);

            boolean sdk = new RequestValidator(token).validate(url, form, received);

            assertThat(new TwilioSignature(List.of(new Secret(token)))
                            .matches(received, url, ours(List.copyOf(form.entrySet()))))
                    .as("round %d: %s", i, url)
                    .isEqualTo(sdk);
        }
        assertThat(new RequestValidator("12345")
                        .validate(JSON_URL, new String(JSON, StandardCharsets.UTF_8), "a9nBmqA0ju/hNViExpshrM61xv4="))
                .isTrue();
    }

    @Test
    void it_agrees_with_an_independent_implementation_on_random_requests_and_accepts_nothing_false() {
        SplittableRandom random = new SplittableRandom(CallbackScene.seed());
        int genuine = 0;
        int rounds = CallbackScene.times(20_000, 1_000_000);
        for (int i = 0; i < rounds; i++) {
            String token = Long.toHexString(random.nextLong());
            String url = RandomRequests.url(random);
            List<Map.Entry<String, String>> form = RandomRequests.parameters(random);
            String given = RandomRequests.signature(random, token, url, form);
            String receivedUrl = RandomRequests.slightlyChanged(random, url);
            List<Map.Entry<String, String>> received = RandomRequests.slightlyChangedForm(random, form);

            boolean expected = ReferenceSignature.equivalents(receivedUrl).stream()
                    .anyMatch(variant ->
                            ReferenceSignature.sign(token, variant, received).equals(given));

            assertThat(new TwilioSignature(List.of(new Secret("another"), new Secret(token)))
                            .matches(given, receivedUrl, ours(received)))
                    .as("round %d: %s", i, receivedUrl)
                    .isEqualTo(expected);
            genuine += expected ? 1 : 0;
        }
        assertThat(genuine).as("both answers occur often").isBetween(rounds / 5, rounds * 4 / 5);
    }

    private static List<Parameter> ours(List<Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(entry -> new Parameter(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Map<String, String> toMap(List<Map.Entry<String, String>> parameters) {
        Map<String, String> map = new HashMap<>();
        new ArrayList<>(parameters).forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }
}
