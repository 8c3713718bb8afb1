package io.tidings.benchmarks.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Every read of the API, also where little or nothing is found. What the values are is in {@code fill.sql}. */
final class Reads {
    private static final String BIG = "default";
    private static final String NORTH = "north";
    private static final String FEW = "few";
    private static final String NOBODY = "nobody";
    private static final String MESSAGES = "messages";
    private static final int KNOWN = 500;

    private final Client client;
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<JsonNode> known = new ArrayList<>();
    private final List<Read> all = new ArrayList<>();

    Reads(Client client) {
        this.client = client;
    }

    List<Read> all() throws IOException, InterruptedException {
        learn();
        pages();
        statuses();
        fields();
        several();
        one();
        others();
        return List.copyOf(all);
    }

    /** Messages from all over the time, whose numbers and ids are asked for. */
    private void learn() throws IOException, InterruptedException {
        for (int page = 0; page < KNOWN / 50; page++) {
            String until =
                    time(end.minus(Duration.ofDays(90L * page / (KNOWN / 50))).minus(Duration.ofHours(1)));
            client.get(BIG, "/messages?until=" + until).json().get(MESSAGES).forEach(known::add);
        }
    }

    private String pick(RandomGenerator chance, String field) {
        return encoded(known.get(chance.nextInt(known.size())).get(field).asText());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String time(Instant at) {
        return encoded(at.toString());
    }

    /** An instant in these 90 days. */
    private Instant any(RandomGenerator chance) {
        return end.minusSeconds(chance.nextLong(Duration.ofDays(89).toSeconds()));
    }

    private String hour(RandomGenerator chance) {
        Instant from = any(chance);
        return "from=" + time(from) + "&until=" + time(from.plus(Duration.ofHours(1)));
    }

    private void found(String name, String tenant, Function<RandomGenerator, String> query) {
        all.add(Read.of(name, tenant, MESSAGES, chance -> "/messages?" + query.apply(chance)));
    }

    private void found(String name, String tenant, String query) {
        found(name, tenant, chance -> query);
    }

    private void nothing(String name, String tenant, Function<RandomGenerator, String> query) {
        all.add(Read.nothing(name, tenant, MESSAGES, chance -> "/messages?" + query.apply(chance)));
    }

    private void nothing(String name, String tenant, String query) {
        nothing(name, tenant, chance -> query);
    }

    private void pages() throws IOException, InterruptedException {
        found("the newest", BIG, "");
        found("the oldest", NORTH, "order=OLDEST");
        found("what changed last", BIG, "order=LAST_CHANGED");
        found("what changed last, not the default tenant", NORTH, "order=LAST_CHANGED");
        for (Map.Entry<String, String> order :
                Map.of("NEWEST", "until=", "OLDEST", "from=").entrySet()) {
            Instant far =
                    order.getKey().equals("NEWEST") ? end.minus(Duration.ofDays(89)) : end.minus(Duration.ofDays(1));
            JsonNode page = client.get(NORTH, "/messages?order=" + order.getKey() + "&" + order.getValue() + time(far))
                    .json();
            found(
                    "the deepest page, " + order.getKey(),
                    NORTH,
                    "order=" + order.getKey() + "&after=" + page.get("next").asText());
        }
        found("a tenant with few rows", FEW, "");
        nothing("a tenant without rows", NOBODY, "");
    }

    private void statuses() {
        for (String status : List.of(
                "DELIVERED",
                "SENT",
                "ACCEPTED",
                "UNDELIVERED",
                "FAILED",
                "REFUSED",
                "EXPIRED",
                "CANCELED",
                "DEAD",
                "READ",
                "QUEUED",
                "SCHEDULED",
                "FAILED,UNDELIVERED,DEAD")) {
            found("status " + status, BIG, "status=" + status);
        }
        nothing("status READ, none", NORTH, "status=READ");
        nothing("status UNCERTAIN, none", NORTH, "status=UNCERTAIN");
        nothing("status DEAD of no tenant", NOBODY, "status=DEAD");
        found("status DELIVERED, few rows", FEW, "status=DELIVERED");
    }

    private void fields() {
        found("number", BIG, chance -> "to=" + pick(chance, "to"));
        nothing("number, none", BIG, chance -> "to=%2B1202555" + (2000 + chance.nextInt(1000)));
        found(
                "tag order",
                BIG,
                chance -> "tag=order:"
                        + known.stream()
                                .filter(each -> each.path("tags").has("order"))
                                .skip(chance.nextInt(20))
                                .findFirst()
                                .orElseThrow()
                                .get("tags")
                                .get("order")
                                .asText());
        found("campaign", NORTH, chance -> "tag=campaign:spring-" + chance.nextInt(50));
        found("campaign with few", NORTH, chance -> "tag=campaign:seldom");
        nothing("campaign, none", NORTH, chance -> "tag=campaign:winter-" + chance.nextInt(50));
        found("template", BIG, chance -> "template=template-" + chance.nextInt(20));
        found("template with few", BIG, "template=seldom");
        nothing("template, none", BIG, chance -> "template=none-" + chance.nextInt(20));
        nothing("template, none, not the default tenant", NORTH, chance -> "template=none-" + chance.nextInt(20));
        found(
                "category",
                BIG,
                chance -> "category="
                        + List.of("OTP", "TRANSACTIONAL", "MARKETING").get(chance.nextInt(3)));
        nothing("category, none", NORTH, "category=MARKETING");
        found("channel", BIG, "channel=SMS");
        found("channel with few", BIG, "channel=WHATSAPP");
        nothing("channel, none", NORTH, "channel=WHATSAPP");
        found("error", BIG, chance -> "error=" + (30003 + chance.nextInt(6)));
        found("error with few", BIG, "error=30042");
        nothing("error, none", NORTH, chance -> "error=" + (31000 + chance.nextInt(100)));
        found("an hour", BIG, this::hour);
        nothing("an hour before all", BIG, "from=2020-01-01T00:00:00Z&until=2020-01-01T01:00:00Z");
    }

    private void several() {
        found("number and status", BIG, chance -> {
            JsonNode one = known.get(chance.nextInt(known.size()));
            return "to=" + encoded(one.get("to").asText()) + "&status="
                    + one.get("status").asText();
        });
        all.add(new Read("an hour and DEAD", NORTH, chance -> "/messages?status=DEAD&" + hour(chance), "", true));
        all.add(new Read(
                "an hour, template and status",
                BIG,
                chance -> "/messages?status=DELIVERED&template=template-3&" + hour(chance),
                "",
                true));
        found(
                "campaign and status",
                NORTH,
                chance -> "status=UNDELIVERED,FAILED&tag=campaign:spring-" + chance.nextInt(50));
        nothing(
                "campaign and a status that it has not",
                NORTH,
                chance -> "status=READ&tag=campaign:spring-" + chance.nextInt(50));
        found(
                "template and status, oldest first",
                BIG,
                chance -> "status=UNDELIVERED&order=OLDEST&template=template-" + chance.nextInt(20));
        nothing(
                "template and a category that it has not",
                NORTH,
                chance -> "category=MARKETING&template=template-" + chance.nextInt(20));
        found(
                "status, category, channel and 30 days",
                BIG,
                chance -> "status=FAILED&category=OTP&channel=SMS&from=" + time(end.minus(Duration.ofDays(45)))
                        + "&until=" + time(end.minus(Duration.ofDays(15))));
        nothing(
                "all at once, none",
                BIG,
                chance -> "status=DEAD&category=OTP&channel=WHATSAPP&template=template-19"
                        + "&error=30003&tag=campaign:spring-7&" + hour(chance));
    }

    private void one() {
        all.add(new Read("a message", BIG, chance -> "/messages/" + pick(chance, "id"), "", true));
        all.add(Read.of("its explanation", BIG, "attempts", chance -> "/messages/" + gone(chance) + "/explanation"));
        all.add(Read.of("its callbacks", BIG, "callbacks", chance -> "/messages/" + gone(chance) + "/callbacks"));
        all.add(new Read("consent", BIG, chance -> "/consent/" + pick(chance, "to"), "", true));
        all.add(Read.nothing(
                "consent, none", BIG, "entries", chance -> "/consent/%2B1202555" + (2000 + chance.nextInt(1000))));
    }

    /** One that was delivered, so that it has an attempt and a callback. */
    private String gone(RandomGenerator chance) {
        List<JsonNode> delivered = known.stream()
                .filter(each -> each.get("status").asText().equals("DELIVERED"))
                .toList();
        return delivered.get(chance.nextInt(delivered.size())).get("id").asText();
    }

    private void others() {
        String days = "from=" + time(end.minus(Duration.ofDays(90))) + "&until=" + time(end);
        all.add(new Read(
                "statistics of a day",
                BIG,
                chance -> {
                    Instant from = any(chance).truncatedTo(ChronoUnit.DAYS);
                    return "/statistics?from=" + time(from) + "&until=" + time(from.plus(Duration.ofDays(1)));
                },
                "",
                true));
        all.add(new Read("statistics of 90 days", BIG, chance -> "/statistics?" + days, "", true));
        all.add(Read.of("series of a week by hours", NORTH, "series", chance -> {
            Instant from = any(chance).truncatedTo(ChronoUnit.DAYS);
            return "/statistics?step=HOUR&from=" + time(from) + "&until=" + time(from.plus(Duration.ofDays(7)));
        }));
        all.add(Read.of("series of 90 days by days", BIG, "series", chance -> "/statistics?step=DAY&" + days));
        all.add(Read.of("series of 90 days by hours", BIG, "series", chance -> "/statistics?step=HOUR&" + days));
        webhooks();
        audit();
        all.add(new Read("templates", BIG, chance -> "/templates", "", true));
        all.add(new Read("tenants", BIG, chance -> "/tenants", "", true));
        all.add(new Read("settings of a tenant", NORTH, chance -> "/tenants/north/settings", "", true));
        all.add(new Read("keys", BIG, chance -> "/keys", "", true));
    }

    private void webhooks() {
        String list = "webhooks";
        all.add(Read.of("webhooks", BIG, list, chance -> "/webhooks"));
        all.add(Read.of("webhooks, inbound", BIG, list, chance -> "/webhooks?kind=inbound"));
        all.add(new Read("webhooks of an hour", NORTH, chance -> "/webhooks?kind=status&" + hour(chance), "", true));
        all.add(new Read("webhooks, an outcome", BIG, chance -> "/webhooks?outcome=undelivered", "", true));
        all.add(new Read("webhooks, few rows", FEW, chance -> "/webhooks", "", true));
        all.add(Read.nothing("webhooks, none", NOBODY, list, chance -> "/webhooks?kind=status"));
    }

    private void audit() {
        String list = "entries";
        all.add(Read.of("audit trail", BIG, list, chance -> "/audit"));
        all.add(Read.of("audit trail of all", BIG, list, chance -> "/audit?all=true"));
        all.add(Read.of("audit trail, an action", BIG, list, chance -> "/audit?action=message.replayed"));
        all.add(Read.of(
                "audit trail, an action of another tenant", NORTH, list, chance -> "/audit?action=message.sent"));
        all.add(Read.of("audit trail, a seldom action", BIG, list, chance -> "/audit?action=settings.changed"));
        all.add(Read.nothing(
                "audit trail, an action that never was", BIG, list, chance -> "/audit?action=key.revoked"));
        all.add(Read.of("audit trail of a message", BIG, list, chance -> "/audit?message=" + gone(chance)));
        all.add(Read.of("audit trail, few rows", FEW, list, chance -> "/audit"));
        all.add(Read.nothing("audit trail, none", NOBODY, list, chance -> "/audit"));
        all.add(Read.nothing("audit trail, few rows and an action", FEW, list, chance -> "/audit?action=key.revoked"));
    }
}
