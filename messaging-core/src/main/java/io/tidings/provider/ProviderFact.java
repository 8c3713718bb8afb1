package io.tidings.provider;

import io.tidings.message.AttemptStatus;
import java.time.Instant;

/**
 * One thing the provider reported about an attempt in a callback, kept as it came.
 *
 * @param status the status it reported
 * @param sid the provider's id of the message
 * @param errorCode 0 if none
 * @param at when we learned it
 */
public record ProviderFact(AttemptStatus status, String sid, int errorCode, Instant at) {}
