package io.tidings;

import io.tidings.audit.AuditLog;
import io.tidings.endpoint.Courier;
import io.tidings.endpoint.DeliverySettings;
import io.tidings.endpoint.EndpointSetup;
import io.tidings.endpoint.Endpoints;
import io.tidings.endpoint.WebhookEndpoint;
import io.tidings.event.EventDesk;
import io.tidings.event.EventDispatcher;
import io.tidings.event.EventListeners;
import io.tidings.event.EventSettings;
import io.tidings.message.TimeSource;
import io.tidings.message.UnitOfWork;
import io.tidings.outbox.Announcements;
import io.tidings.outbox.EventReader;
import io.tidings.outbox.Lookout;
import io.tidings.outbox.Stores;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the builder was told about events. */
final class Telling {
    final EventListeners listeners = new EventListeners();
    EventSettings settings = EventSettings.defaults();

    /** What the stores' own transaction runs in, if the host has such a thing. */
    @Nullable
    UnitOfWork around;

    /** Who is told over HTTP, and how. */
    List<WebhookEndpoint> endpoints = List.of();

    @Nullable
    Courier courier;

    DeliverySettings deliveries = DeliverySettings.defaults();

    /** Events in these stores. */
    Events over(Stores stores, AuditLog acts, TimeSource time, RandomGenerator random) {
        UnitOfWork own = stores.transactions();
        UnitOfWork host = around;
        EventReader reader = new EventReader(stores, time);
        EventDispatcher dispatcher = new EventDispatcher(
                stores.records().events(),
                listeners,
                settings,
                host == null ? own : new Nested(host, own),
                reader::read);
        return new Events(
                listeners,
                dispatcher,
                new EventDesk(stores.records().events(), dispatcher),
                new Announcements(listeners, stores, time, dispatcher::wake),
                endpoints(stores, reader, acts, time, random));
    }

    private @Nullable Endpoints endpoints(
            Stores stores, EventReader reader, AuditLog acts, TimeSource time, RandomGenerator random) {
        Courier carrier = courier;
        if (endpoints.isEmpty() || carrier == null) {
            return null;
        }
        EndpointSetup setup = new EndpointSetup(
                endpoints,
                carrier,
                deliveries,
                stores.records().deliveries(),
                stores.records().endpoints());
        Endpoints outgoing = new Endpoints(setup, reader::read, acts, time, random);
        outgoing.follow(listeners);
        return outgoing;
    }

    /** The events of one system. */
    record Events(
            EventListeners listeners,
            EventDispatcher dispatcher,
            EventDesk desk,
            Announcements announcements,
            @Nullable Endpoints endpoints) {

        /** What this node tells of. */
        Lookout.Told told() {
            return new Lookout.Told(listeners.heard(), endpoints == null ? Set.of() : Set.copyOf(endpoints.names()));
        }

        /** Starts to tell; asks the store for nothing while nothing is due. */
        void start(BooleanSupplier nothingIsDue) {
            dispatcher.restWhile(nothingIsDue);
            if (endpoints != null) {
                endpoints.restWhile(nothingIsDue);
            }
            dispatcher.start();
            if (endpoints != null) {
                endpoints.start();
            }
        }

        /** Tells and delivers what is due, on the caller's thread; returns whether that was anything. */
        boolean runDue() {
            int told = dispatcher.runDue();
            return (endpoints == null ? 0 : endpoints.runDue()) + told > 0;
        }

        void close() {
            dispatcher.close();
            if (endpoints != null) {
                endpoints.close();
            }
        }
    }

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
