package io.tidings.spring.rest;

/** Why a request is not answered as asked, for the caller: RFC 9457, with a code that stays the same. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Problem(int status, String code, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** There is no such thing, or it is another tenant's: nobody is told which. */
    static Problem notFound() {
        return new Problem(404, "not-found", "There is nothing at this address.");
    }

    static Problem invalid(String detail) {
        return new Problem(400, "invalid-request", detail);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
