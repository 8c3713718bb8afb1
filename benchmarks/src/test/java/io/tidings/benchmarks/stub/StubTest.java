package io.tidings.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stub is the ground truth of the dispatch benchmark: what it counts must be what came in. */
class StubTest {
    private static Stub stub;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws IOException {
        stub = Stub.start();
    }

    @AfterAll
    static void stop() {
        stub.close();
    }

    private static CompletableFuture<HttpResponse<String>> create() {
        HttpRequest request = HttpRequest.newBuilder(stub.messages())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("To=%2B12025550100&Body=x"))
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString());
    }

    @Test
    void every_create_is_counted_once_and_gets_a_sid_of_its_own() throws Exception {
        stub.reset(0);
        List<CompletableFuture<HttpResponse<String>>> calls =
                Stream.generate(StubTest::create).limit(200).toList();

        Set<String> sids = new HashSet<>();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            assertThat(call.get().statusCode()).isEqualTo(201);
            sids.add(new ObjectMapper().readTree(call.get().body()).path("sid").asText());
        }

        assertThat(stub.posts()).isEqualTo(200);
        assertThat(sids).hasSize(200).allMatch(sid -> sid.matches("SM[0-9a-f]{32}"));
    }

    @Test
    void reading_the_account_counts_nothing_and_a_reset_begins_again() throws Exception {
        stub.reset(0);
        create().get();
        URI account = stub.url().resolve("/2010-04-01/Accounts/" + Stub.ACCOUNT_SID + ".json");
        String answer = CLIENT.send(HttpRequest.newBuilder(account).build(), BodyHandlers.ofString())
                .body();

        assertThat(answer).contains("active");
        assertThat(stub.posts()).isEqualTo(1);
        stub.reset(0);
        assertThat(stub.posts()).isZero();
    }

    @Test
    void an_answer_comes_after_the_delay_and_the_arrival_is_known_before() throws Exception {
        stub.reset(200);
        long start = Stub.micros();

        CompletableFuture<HttpResponse<String>> call = create();
        long arrived = stub.await(1);
        assertThat(call.isDone()).isFalse();
        call.get();
        Duration took = Duration.ofNanos((Stub.micros() - start) * 1000);

        assertThat(arrived).isGreaterThanOrEqualTo(start);
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        stub.reset(0);
    }
}
