package io.tidings.twilio;

import static io.tidings.twilio.RawServer.response;

import io.tidings.message.AttemptStatus;
import io.tidings.provider.Outcome;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * One way in which an answer to a create can be wrong, late or missing.
 *
 * @param slow whether it shows only when the deadline ends
 * @param expected the right outcome; of an uncertain one only the code counts
 */
record Fault(String name, boolean slow, Outcome expected, RawServer.Script script) {
    private static final Outcome UNCERTAIN = new Outcome.Uncertain("any", 0);
    private static final Outcome ACCEPTED = new Outcome.Accepted(Samples.SID, AttemptStatus.QUEUED);

    boolean isExpected(Outcome actual) {
        boolean bothUncertain = expected instanceof Outcome.Uncertain && actual instanceof Outcome.Uncertain;
        return bothUncertain ? code(expected) == code(actual) : expected.equals(actual);
    }

    private static int code(Outcome uncertain) {
        return ((Outcome.Uncertain) uncertain).code();
    }

    @Override
    public String toString() {
        return name;
    }

    static Stream<Fault> all() {
        return Stream.of(
                doing("closed after reading", UNCERTAIN, RawServer.Exchange::close),
                doing("reset after reading", UNCERTAIN, RawServer.Exchange::reset),
                answered("cut in the status line", UNCERTAIN, "HTTP/1.1 20"),
                answered("cut in the headers", UNCERTAIN, "HTTP/1.1 201 Created\r\nContent-Ty"),
                answered("cut before the body", UNCERTAIN, "HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n"),
                answered(
                        "cut in the body",
                        UNCERTAIN,
                        "HTTP/1.1 201 Created\r\nContent-Length: 5000\r\n\r\n" + Samples.created()),
                answered(
                        "cut in a refusal",
                        UNCERTAIN,
                        "HTTP/1.1 400 Bad\r\nContent-Length: 5000\r\n\r\n" + Samples.error(21211)),
                answered(
                        "cut in a chunk",
                        UNCERTAIN,
                        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"si"),
                answered(
                        "malformed chunk",
                        UNCERTAIN,
                        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{\"sid\"}\r\n0\r\n\r\n"),
                answered(
                        "good chunk",
                        ACCEPTED,
                        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(Samples.created().length()) + "\r\n" + Samples.created()
                                + "\r\n0\r\n\r\n"),
                answered("not http", UNCERTAIN, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                answered(
                        "length too short",
                        UNCERTAIN,
                        "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n" + Samples.created()),
                answered("two lengths", UNCERTAIN, "HTTP/1.1 201 Created\r\nContent-Length: -1\r\n\r\n"),
                answered("success without sid", UNCERTAIN, response(201, "{\"status\":\"queued\"}")),
                answered("success with html", UNCERTAIN, response(200, "<html>log in to the airport network</html>")),
                answered("success with nothing", UNCERTAIN, response(201, "")),
                answered("success with an array", UNCERTAIN, response(201, "[" + Samples.created() + "]")),
                answered("success with two documents", UNCERTAIN, response(201, Samples.created() + Samples.created())),
                answered(
                        "success that claims to be gzip",
                        UNCERTAIN,
                        response(201, Samples.created(), "Content-Encoding: gzip")),
                answered("huge body", UNCERTAIN, response(201, Samples.created() + " ".repeat(1 << 20))),
                answered("huge headers", UNCERTAIN, response(201, Samples.created(), "X: " + "x".repeat(300_000))),
                answered(
                        "busy with retry after 0",
                        new Outcome.Uncertain("any", 20503),
                        response(503, Samples.error(20503), "Retry-After: 0")),
                answered("timeout 408", UNCERTAIN, response(408, "")),
                answered("timeout 408 closing", UNCERTAIN, response(408, "", "Connection: close")),
                answered("redirect 301", UNCERTAIN, response(301, "", "Location: /elsewhere")),
                answered("redirect 302", UNCERTAIN, response(302, "", "Location: /elsewhere")),
                answered("redirect 303", UNCERTAIN, response(303, "", "Location: /elsewhere")),
                answered("redirect 307", UNCERTAIN, response(307, "", "Location: /elsewhere")),
                answered("redirect 308", UNCERTAIN, response(308, "", "Location: /elsewhere")),
                answered(
                        "challenge 401",
                        new Outcome.Rejected(20003),
                        response(401, "", "WWW-Authenticate: Basic realm=\"Twilio API\"")),
                answered("challenge 407", UNCERTAIN, response(407, "", "Proxy-Authenticate: Basic realm=\"x\"")),
                answered("misdirected 421", new Outcome.Rejected(20422), response(421, "")),
                answered(
                        "internal error dressed as 400",
                        new Outcome.Uncertain("HTTP 400", 20500),
                        response(400, Samples.error(20500))),
                answered(
                        "throttled", new Outcome.Throttled(Duration.ofSeconds(2)), response(429, "", "Retry-After: 2")),
                answered(
                        "throttled until a date",
                        new Outcome.Throttled(null),
                        response(429, Samples.error(20429), "Retry-After: Wed, 21 Oct 2026 07:28:00 GMT")),
                answered(
                        "continue and created",
                        ACCEPTED,
                        "HTTP/1.1 100 Continue\r\n\r\n" + response(201, Samples.created())),
                answered(
                        "early hints and created",
                        ACCEPTED,
                        "HTTP/1.1 103 Early\r\n\r\n" + response(201, Samples.created())),
                answered("continue and closed", UNCERTAIN, "HTTP/1.1 100 Continue\r\n\r\n"),
                answered(
                        "switching protocols",
                        UNCERTAIN,
                        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
                slowly("no answer", UNCERTAIN, RawServer.Exchange::hang),
                slowly(
                        "continue for ever",
                        UNCERTAIN,
                        exchange -> exchange.dribble("HTTP/1.1 100 Continue\r\n\r\n".repeat(50), 5)),
                slowly(
                        "dribbled headers",
                        UNCERTAIN,
                        exchange -> exchange.dribble(response(201, Samples.created()), 1000)),
                slowly("dribbled body", UNCERTAIN, exchange -> {
                    exchange.write("HTTP/1.1 201 Created\r\nContent-Length: 700\r\n\r\n");
                    exchange.dribble(Samples.created(), 1000);
                }),
                doing("dribbled within the deadline", ACCEPTED, exchange -> {
                    exchange.dribble("HTTP/1.1 201", 20);
                    exchange.write(response(201, Samples.created()).substring("HTTP/1.1 201".length()));
                }));
    }

    private static Fault answered(String name, Outcome expected, String answer) {
        return doing(name, expected, exchange -> {
            exchange.write(answer);
            exchange.close();
        });
    }

    private static Fault doing(String name, Outcome expected, RawServer.Script script) {
        return new Fault(name, false, expected, script);
    }

    private static Fault slowly(String name, Outcome expected, RawServer.Script script) {
        return new Fault(name, true, expected, script);
    }
}
