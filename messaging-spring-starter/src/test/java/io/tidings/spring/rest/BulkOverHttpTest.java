package io.tidings.spring.rest;

import static io.tidings.spring.rest.RestRig.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.Tidings;
import io.tidings.spring.rest.RestRig.Told;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;

/** A file of messages. */
class BulkOverHttpTest {
    private static final String CSV = """
            to,key,text
            +12025550143,a,Hi Ana
            +1,b,Nobody
            +12025550144,c,"Hi Ben,
            two lines"
            +12025550145,d
            +12025550146,e,Hi Dora
            """;

    private final RestRig rig = new RestRig();

    private Told csv(AssertableWebApplicationContext context, String path, String csv, String... headers)
            throws Exception {
        return send(context, path, BodyPublishers.ofString(csv), "text/csv; charset=utf-8", headers);
    }

    private Told send(
            AssertableWebApplicationContext context, String path, BodyPublisher body, String type, String... headers)
            throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = type;
        return rig.send(context, "POST", path, body, all);
    }

    @Test
    void wrong_rows_are_told_with_their_lines_and_the_others_are_sent_once() {
        rig.run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            JsonNode plan = csv(context, "/bulk?dryRun=true", CSV).json();
            assertThat(tidings.counts()).isEmpty();
            JsonNode sent = csv(context, "/bulk", CSV).json();

            for (JsonNode report : new JsonNode[] {plan, sent}) {
                assertThat(report.get("rows").intValue()).isEqualTo(5);
                assertThat(report.get("wrong").intValue()).isEqualTo(2);
                assertThat(report.get("statuses").get("QUEUED").intValue()).isEqualTo(3);
                assertThat(report.get("segments").intValue()).isEqualTo(3);
                assertThat(report.at("/errors/0/line").intValue()).isEqualTo(3);
                assertThat(report.at("/errors/0/code").textValue()).isEqualTo("invalid-number");
                assertThat(report.at("/errors/1/line").intValue()).isEqualTo(6);
            }
            assertThat(tidings.counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(3);
            assertThat(csv(context, "/bulk", CSV).json().get("wrong").intValue())
                    .isEqualTo(2);
            assertThat(tidings.counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("the same file twice")
                    .isEqualTo(3);
        });
    }

    @Test
    void columns_are_the_variables_of_the_template_that_the_call_names() {
        rig.run(context -> {
            rig.call(context, "PUT", "/templates/due", "{\"text\":\"Hi {{name}}, your {{car}} is due.\"}");
            String file = "to,name,car\n+12025550143,Ana,Fiesta\n+12025550144,Ben,\n";
            JsonNode report = csv(context, "/bulk?template=due", file, "Idempotency-Key", "june")
                    .json();
            assertThat(report.get("statuses").get("QUEUED").intValue()).isOne();
            assertThat(report.at("/errors/0/line").intValue()).isEqualTo(3);
            assertThat(report.at("/errors/0/code").textValue()).isEqualTo("template-problem");

            JsonNode again = csv(
                            context, "/bulk?template=due", file.replace("Ben,", "Ben,Astra"), "Idempotency-Key", "june")
                    .json();
            assertThat(again.get("wrong").intValue()).isZero();
            assertThat(context.getBean(Tidings.class).counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("the row that was right is not sent again")
                    .isEqualTo(2);
        });
    }

    @Test
    void a_line_of_json_is_a_message_as_it_is_sent_alone() {
        rig.run(context -> {
            String lines = "{\"to\":\"+12025550143\",\"text\":\"Hi\",\"key\":\"a\",\"tags\":{\"order\":\"1\"}}\n\n"
                    + "{\"to\":\"+12025550144\",\"text\":\"Hi\",\"kee\":\"a\"}\n"
                    + "{\"to\":\n"
                    + "{\"to\":\"+12025550145\",\"text\":\"" + "x".repeat(70_000) + "\"}\n"
                    + "{\"to\":\"+12025550146\",\"text\":\"Hi\"}";
            JsonNode report = send(context, "/bulk", BodyPublishers.ofString(lines), "application/x-ndjson")
                    .json();

            assertThat(report.get("rows").intValue()).isEqualTo(5);
            assertThat(report.findValuesAsText("code")).containsExactly("unknown-field", "malformed-json", "too-large");
            assertThat(report.findValues("line")).extracting(JsonNode::intValue).containsExactly(3, 4, 5);
            assertThat(report.get("statuses").get("QUEUED").intValue()).isEqualTo(2);
        });
    }

    @Test
    void a_file_that_is_none_is_refused_and_a_test_key_only_plans() {
        rig.withKey("try", "scopes=send", "kind=test")
                .withKey("guest", "scopes=send", "kind=guest-list", "guests=+12025550143")
                .run(context -> {
                    assertThat(rig.call(context, "POST", "/bulk", "{}").code()).isEqualTo("not-a-list");
                    assertThat(csv(context, "/bulk", "phone,text\n1,2\n").code())
                            .isEqualTo("invalid-request");
                    assertThat(csv(context, "/bulk", "").code()).isEqualTo("invalid-request");
                    assertThat(csv(context, "/bulk", "to,to\n").code()).isEqualTo("invalid-request");
                    assertThat(csv(context, "/bulk?dryRun=yes", CSV).code()).isEqualTo("invalid-request");

                    assertThat(csv(context, "/bulk", CSV, "Authorization", bearer("try"))
                                    .json()
                                    .get("dryRun")
                                    .booleanValue())
                            .isTrue();
                    assertThat(context.getBean(Tidings.class).counts()).isEmpty();
                    JsonNode guests = csv(context, "/bulk", CSV, "Authorization", bearer("guest"))
                            .json();
                    assertThat(guests.get("statuses").get("QUEUED").intValue()).isOne();
                    assertThat(guests.findValuesAsText("code")).contains("not-a-guest");
                });
    }

    /** Rows that are made while they are read: nobody ever has the file. */
    private static final class Rows extends InputStream {
        private final long last;
        private long row;
        private byte[] line = "to,text\n".getBytes(StandardCharsets.UTF_8);
        private int at;

        Rows(long last) {
            this.last = last;
        }

        @Override
        public int read() {
            return isAtEnd() ? -1 : line[at++];
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (isAtEnd()) {
                return -1;
            }
            int count = Math.min(most, line.length - at);
            System.arraycopy(line, at, into, from, count);
            at += count;
            return count;
        }

        private boolean isAtEnd() {
            if (at == line.length && row < last) {
                row++;
                at = 0;
                line = "+120255501%02d,%s%s\n"
                        .formatted(row % 100, row, " Your car is due for its yearly inspection.".repeat(3))
                        .getBytes(StandardCharsets.UTF_8);
            }
            return at == line.length;
        }
    }

    @Test
    void a_long_file_takes_no_more_memory_than_a_short_one() {
        int rows = Integer.getInteger("tidings.bulk.rows", 20_000);
        rig.run(context -> {
            long before = used();
            JsonNode report = send(
                            context,
                            "/bulk?dryRun=true",
                            BodyPublishers.ofInputStream(() -> new Rows(rows)),
                            "text/csv")
                    .json();
            long most = used() - before;
            assertThat(report.get("rows").intValue()).isEqualTo(rows);
            assertThat(report.get("wrong").intValue()).isZero();
            assertThat(most).as("bytes kept of %s rows", rows).isLessThan(32L * 1024 * 1024);
        });
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
