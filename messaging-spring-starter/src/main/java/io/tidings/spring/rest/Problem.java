package io.tidings.spring.rest;

/** Why a request is not answered as asked, for the caller: RFC 9457, with a code that stays the same. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String allowed;

    Problem(int status, String code, String detail) {
        this(status, code, detail, "");
    }

    private Problem(int status, String code, String detail, String allowed) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.allowed = allowed;
    }

    /** The address takes other methods. */
    static Problem wrongMethod(String allowed) {
        return new Problem(405, "method-not-allowed", "This address takes " + allowed + ".", allowed);
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

    /** The methods that the address takes, if that is the problem; else empty. */
    String allowed() {
        return allowed;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
