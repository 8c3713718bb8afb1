package io.tidings.message;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The span of a trace, as the header {@code traceparent} of W3C Trace Context names it. It says nothing of a person.
 *
 * @param traceId 32 hexadecimal digits in lower case, not all zero
 * @param spanId 16 hexadecimal digits in lower case, not all zero
 * @param sampled whether the trace is recorded
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    private static final Pattern TRACE = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern SPAN = Pattern.compile("(?!0{16})[0-9a-f]{16}");
    /** Versions above 00 begin like it; ff is none. */
    private static final Pattern HEADER =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

    /** Checks both ids. */
    public TraceParent {
        if (!isTraceId(traceId) || !isSpanId(spanId)) {
            throw new IllegalArgumentException(
                    "a trace has 32 and a span 16 hexadecimal digits in lower case that are not all zero");
        }
    }

    /** Reads the header; empty for one that the standard says to ignore. */
    public static Optional<TraceParent> parse(String header) {
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches() || !isTraceId(parts.group(1)) || !isSpanId(parts.group(2))) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(parts.group(3), 16) & 1) == 1;
        return Optional.of(new TraceParent(parts.group(1), parts.group(2), sampled));
    }

    private static boolean isTraceId(String id) {
        return TRACE.matcher(id).matches();
    }

    private static boolean isSpanId(String id) {
        return SPAN.matcher(id).matches();
    }

    /** The value of the header, of version 00. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
