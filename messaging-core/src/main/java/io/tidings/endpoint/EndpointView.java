package io.tidings.endpoint;

import io.tidings.event.EventCounts;

/**
 * What an operator sees of an endpoint.
 *
 * @param name which
 * @param deliveries how many wait, and how many were set aside after the last try
 * @param state how it is doing
 */
public record EndpointView(String name, EventCounts deliveries, EndpointState state) {}
