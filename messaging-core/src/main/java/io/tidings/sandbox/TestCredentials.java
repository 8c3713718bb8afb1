package io.tidings.sandbox;

/** Twilio's magic numbers: what a creation with test credentials answers. Nothing is stored, charged or called back. */
final class TestCredentials {
    private static final String PASSING_FROM = "+15005550006";

    private TestCredentials() {}

    static void check(String from, String to) {
        int code = switch (from) {
            case PASSING_FROM -> to(to);
            case "+15005550001" -> 21212;
            case "+15005550008" -> 21611;
            default -> 21606;
        };
        if (code != 0) {
            throw new Refusal(400, code);
        }
    }

    private static int to(String to) {
        return switch (to) {
            case "+15005550001" -> 21211;
            case "+15005550002" -> 21612;
            case "+15005550003" -> 21408;
            case "+15005550004" -> 21610;
            case "+15005550009" -> 21614;
            default -> Numbers.isValid(to) ? 0 : 21211;
        };
    }
}
