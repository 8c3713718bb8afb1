package io.tidings.analytics;

/**
 * A change of one counter.
 *
 * @param cell what it is counted under
 * @param measure what is counted
 * @param name which counter of the measure: a status, a code, a currency; at most 16 characters
 * @param amount what is added; negative to take back
 */
public record Delta(Cell cell, Measure measure, String name, long amount) {}
