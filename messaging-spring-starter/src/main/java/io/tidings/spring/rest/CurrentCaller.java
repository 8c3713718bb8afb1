package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.audit.ActorSource;
import java.util.function.Supplier;

/** Who acts on this thread: the caller of the API while it is answered, else the host. */
final class CurrentCaller implements ActorSource {
    private final ThreadLocal<Actor> caller = new ThreadLocal<>();

    <T> T as(Actor actor, Supplier<T> work) {
        caller.set(actor);
        try {
            return work.get();
        } finally {
            caller.remove();
        }
    }

    @Override
    public Actor current() {
        Actor actor = caller.get();
        return actor == null ? Actor.HOST : actor;
    }
}
