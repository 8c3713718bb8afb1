package io.tidings.audit;

/**
 * Tells who acts in the current call, for example from the host's security context. Asked on the caller's thread at each
 * act; must be fast. What it throws goes to the caller, and then nothing is done.
 */
@FunctionalInterface
public interface ActorSource {

    /** Who acts now. */
    Actor current();
}
