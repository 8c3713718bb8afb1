package io.tidings.gate;

import java.time.Instant;

/**
 * A decision as it is kept.
 *
 * @param gate the gate's name
 * @param stage when it was asked
 * @param decision what it said
 * @param at the date
 */
public record GateRecord(String gate, Stage stage, Decision decision, Instant at) {}
