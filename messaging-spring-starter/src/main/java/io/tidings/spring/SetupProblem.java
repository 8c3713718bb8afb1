package io.tidings.spring;

/** Why the application cannot start: what is wrong, and what to do. */
final class SetupProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String page;
    private final String action;

    /** The page is the anchor of its explanation in {@code docs/spring-errors.md}. */
    SetupProblem(String page, String description, String action) {
        super(description);
        this.page = page;
        this.action = action;
    }

    String page() {
        return page;
    }

    String action() {
        return action;
    }
}
