package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.audit.ActorSource;
import java.util.function.Supplier;

/** Who acts on this thread: the caller of the API while it is answered, else whom the host's own source names. */
final class CurrentCaller {
    private static final ThreadLocal<Actor> CALLER = new ThreadLocal<>();

    <T> T as(Actor actor, Supplier<T> work) {
        CALLER.set(actor);
        try {
            return work.get();
        } finally {
            CALLER.remove();
        }
    }

    ActorSource before(ActorSource hosts) {
        return () -> {
            Actor actor = CALLER.get();
            return actor == null ? hosts.current() : actor;
        };
    }
}
