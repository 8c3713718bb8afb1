package io.tidings.spring;

import java.util.Locale;

/** Why the application cannot start: what is wrong, and what to do. Each kind has a section in docs/spring-errors.md. */
final class SetupProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String action;

    SetupProblem(Kind kind, String description, String action) {
        super(description);
        this.kind = kind;
        this.action = action;
    }

    /** As the consequence of another failure. */
    SetupProblem because(Throwable cause) {
        initCause(cause);
        return this;
    }

    Kind kind() {
        return kind;
    }

    String action() {
        return action;
    }

    /** What can be wrong. */
    enum Kind {
        NO_PROVIDER,
        SANDBOX_PORT,
        CREDENTIALS,
        TENANT_ACCOUNT,
        NO_SECRET,
        SENDER,
        NO_DATA_SOURCE,
        SEVERAL_DATA_SOURCES,
        OTHER_TRANSACTION_MANAGER,
        NO_DRIVER,
        DATABASE_NOT_REACHED,
        SCHEMA_NOT_READY,
        SCHEMA_NOT_CREATED,
        NO_PUBLIC_URL,
        TEMPLATE,
        BOOT_GENERATION,
        MISSING_LIBRARY,
        ON_SMS_METHOD,
        ON_SMS_AMBIGUOUS;

        /** The title of its section. */
        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
