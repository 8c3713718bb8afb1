package io.tidings.spring.rest;

/** What a caller may do. None includes another. */
public enum Scope {
    /** Send, preview, and record consent. */
    SEND,
    /** Read messages, consent, templates and statistics: numbers and texts are among it. */
    READ,
    /** Cancel, send again, replay and close. */
    OPERATE,
    /** Change templates and tenants, read the audit trail and the list of keys. */
    ADMIN
}
