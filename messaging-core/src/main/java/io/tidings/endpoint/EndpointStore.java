package io.tidings.endpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * How endpoints are doing, over all nodes. Writing joins the caller's transaction.
 *
 * <p>Implementations are safe for use by many threads.
 */
public interface EndpointStore {

    /** Makes these endpoints known; nothing happens to those that are. */
    void add(Collection<String> names);

    /** How an endpoint is doing; empty if it is unknown. */
    Optional<EndpointState> find(String name);

    /** A delivery has succeeded: it fails no longer. */
    void succeeded(String name);

    /** A delivery has failed. Returns for how long all of them have failed, zero for the first. */
    Duration failed(String name);

    /** Disables an endpoint. Returns false, and changes nothing, if it is disabled already. */
    boolean disable(String name, String reason);

    /** Enables an endpoint and forgets that it failed. Returns false, and changes nothing, if it is not disabled. */
    boolean enable(String name);
}
