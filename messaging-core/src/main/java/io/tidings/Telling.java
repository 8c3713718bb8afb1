package io.tidings;

import io.tidings.event.EventDesk;
import io.tidings.event.EventDispatcher;
import io.tidings.event.EventListeners;
import io.tidings.event.EventSettings;
import io.tidings.message.TimeSource;
import io.tidings.message.UnitOfWork;
import io.tidings.outbox.Announcements;
import io.tidings.outbox.EventReader;
import io.tidings.outbox.Stores;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the builder was told about events. */
final class Telling {
    final EventListeners listeners = new EventListeners();
    EventSettings settings = EventSettings.defaults();

    /** What the stores' own transaction runs in, if the host has such a thing. */
    @Nullable
    UnitOfWork around;

    /** Events in these stores. */
    Events over(Stores stores, TimeSource time) {
        UnitOfWork own = stores.transactions();
        UnitOfWork host = around;
        EventDispatcher dispatcher = new EventDispatcher(
                stores.records().events(),
                listeners,
                settings,
                host == null ? own : new Nested(host, own),
                new EventReader(stores, time)::read);
        return new Events(
                listeners,
                dispatcher,
                new EventDesk(stores.records().events(), dispatcher),
                new Announcements(listeners, stores, time, dispatcher::wake));
    }

    /** The events of one system. */
    record Events(EventListeners listeners, EventDispatcher dispatcher, EventDesk desk, Announcements announcements) {}

    private record Nested(UnitOfWork outer, UnitOfWork inner) implements UnitOfWork {
        @Override
        public <T> T run(Supplier<T> work) {
            return outer.run(() -> inner.run(work));
        }

        @Override
        public void afterCommit(Runnable hint) {
            inner.afterCommit(hint);
        }
    }
}
