package io.tidings.analytics;

/** What is counted, and what the name of a counter then means. */
public enum Measure {
    /** Messages that left the queue, by the name of their status. */
    MESSAGES,
    /** Segments of those messages, by the name of their status. */
    SEGMENTS,
    /** Messages that stand with an error of the provider, by its code. */
    ERRORS,
    /** What the provider charged, in millionths, by the ISO 4217 code of the currency. */
    COST
}
