package io.tidings.sandbox;

import org.jspecify.annotations.Nullable;

/** An account of the sandbox, the main one or one below it: its token and its standing. Safe for use by many threads. */
final class Account {
    private final String sid;
    private final String friendlyName;
    private final @Nullable Account owner;
    private volatile String token;
    private volatile String status = "active";
    private volatile String balance = "1000.00";

    /** The owner is null for the main one. */
    Account(String sid, String token, String friendlyName, @Nullable Account owner) {
        this.sid = sid;
        this.token = token;
        this.friendlyName = friendlyName;
        this.owner = owner;
    }

    String sid() {
        return sid;
    }

    String friendlyName() {
        return friendlyName;
    }

    String ownerSid() {
        return owner == null ? sid : owner.sid;
    }

    boolean isMain() {
        return owner == null;
    }

    String token() {
        return token;
    }

    void token(String replacement) {
        if (replacement.isBlank()) {
            throw new IllegalArgumentException("An auth token cannot be blank: use 32 hex digits as Twilio does");
        }
        this.token = replacement;
    }

    /** With the main account all below it stand still. */
    String status() {
        return owner == null || owner.status.equals("active") ? status : owner.status;
    }

    void status(String replacement) {
        if (!replacement.equals("active") && !replacement.equals("suspended") && !replacement.equals("closed")) {
            throw new IllegalArgumentException("An account is active, suspended or closed");
        }
        this.status = replacement;
    }

    /** The main account pays for all. */
    String balance() {
        return owner == null ? balance : owner.balance;
    }

    void balance(String replacement) {
        this.balance = replacement;
    }
}
