package io.tidings.torture;

/** Where something private could come out: the twelve sinks of row 39. Tables are none: they hold what was sent. */
enum Sink {
    /** Events of slf4j from every logger at TRACE, with their thread context and what was thrown. */
    LOG,
    /** Records of java.util.logging at ALL, which the JDK and OkHttp use. */
    JUL_LOG,
    /** Standard output and standard error. */
    CONSOLE,
    /** What the facade threw, with causes, suppressed ones and traces. */
    EXCEPTION,
    /** What ended a thread. */
    UNCAUGHT,
    /** What the facade returned, as it prints itself. */
    ANSWER,
    /** Every other value that can be reached from a system or a sandbox, as it prints itself. */
    VALUE,
    /** Counts, doubts and statistics: what metrics are made of. */
    COUNT,
    /** Names of threads. */
    THREAD_NAME,
    /** Health, standstill, checks of the account. */
    HEALTH,
    /** Alerts about budgets, content and balance. */
    ALERT,
    /** Copies of the audit trail that leave the store: mirror and checkpoints. */
    AUDIT_COPY
}
