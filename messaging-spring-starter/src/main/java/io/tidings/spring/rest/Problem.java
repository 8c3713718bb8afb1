package io.tidings.spring.rest;

import io.tidings.message.InvalidContentException;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.KeyConflictException;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.WordlessTrace;
import io.tidings.template.TemplateProblemException;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request is not answered as asked, for the caller: RFC 9457, with a code that stays the same. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(Problem.class);

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    Problem(int status, String code, String detail) {
        this(status, code, detail, Map.of());
    }

    private Problem(int status, String code, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    /** The address takes other methods. */
    static Problem wrongMethod(String allowed) {
        return new Problem(405, "method-not-allowed", "This address takes " + allowed + ".", Map.of("Allow", allowed));
    }

    /** This problem, with the time after which it is worth another try. */
    static Problem tooMany(long seconds, Problem problem) {
        return new Problem(
                problem.status, problem.code, problem.detail(), Map.of("Retry-After", Long.toString(seconds)));
    }

    /** There is no such thing, or it is another tenant's: nobody is told which. */
    static Problem notFound() {
        return new Problem(404, "not-found", "There is nothing at this address.");
    }

    static Problem invalid(String detail) {
        return new Problem(400, "invalid-request", detail);
    }

    /** What a caller is told about this. What is none of its business is logged. */
    static Problem of(RuntimeException thrown) {
        if (thrown instanceof Problem problem) {
            return problem;
        }
        String detail = Objects.requireNonNullElse(thrown.getMessage(), "");
        if (thrown instanceof InvalidNumberException) {
            return new Problem(422, "invalid-number", detail);
        }
        if (thrown instanceof InvalidContentException) {
            return new Problem(422, "invalid-content", detail);
        }
        if (thrown instanceof TemplateProblemException) {
            return new Problem(422, "template-problem", detail);
        }
        if (thrown instanceof KeyConflictException) {
            return new Problem(409, "key-conflict", detail);
        }
        if (thrown instanceof NotConfiguredException) {
            return new Problem(409, "not-configured", detail);
        }
        if (thrown instanceof StoreUnavailableException) {
            return new Problem(503, "store-unavailable", "The store does not answer. Nothing was done; try again.");
        }
        if (thrown instanceof IllegalArgumentException) {
            return new Problem(400, "invalid-request", detail);
        }
        log.error("a request of the API failed", WordlessTrace.of(thrown));
        return new Problem(500, "internal", "Something broke that should not; it is in the log of the application.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** What the answer's headers say of it. */
    Map<String, String> headers() {
        return headers;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
