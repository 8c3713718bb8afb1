package io.tidings.sandbox;

/** An answer with Twilio's error body instead of the one asked for. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    Refusal(int status, int code) {
        this(status, code, ErrorTexts.of(code));
    }

    Refusal(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Refusal notFound(String path) {
        return new Refusal(404, 20404, "The requested resource " + path + " was not found");
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    Answer answer() {
        return Answer.json(
                status,
                Json.object()
                        .put("code", code)
                        .put("message", getMessage())
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }
}
