package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.audit.ActorSource;
import java.util.function.Supplier;

/** Who acts on this thread: the caller of the API while it is answered, else the host. */
final class CurrentCaller implements ActorSource {
    private static final ThreadLocal<Actor> CALLER = new ThreadLocal<>();

    <T> T as(Actor actor, Supplier<T> work) {
        CALLER.set(actor);
        try {
            return work.get();
        } finally {
            CALLER.remove();
        }
    }

    @Override
    public Actor current() {
        Actor actor = CALLER.get();
        return actor == null ? Actor.HOST : actor;
    }
}
