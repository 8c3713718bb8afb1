package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.event.EventKind;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes what happens to messages as events of the application, of those types that some listener is for. What nobody
 * is for is not even written.
 */
final class ApplicationEvents implements SmartInitializingSingleton {
    private final Supplier<Tidings> tidings;
    private final ApplicationContext context;

    ApplicationEvents(Supplier<Tidings> tidings, ApplicationContext context) {
        this.tidings = tidings;
        this.context = context;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!(context instanceof AbstractApplicationContext known)) {
            throw new IllegalStateException("who listens is known of contexts that extend AbstractApplicationContext");
        }
        for (EventKind kind : EventKind.values()) {
            if (known.getApplicationListeners().stream().anyMatch(listener -> isFor(listener, kind))) {
                tidings.get().on(kind.type(), context::publishEvent);
            }
        }
    }

    /** Who takes everything that is ever published is for nothing in particular. */
    private static boolean isFor(ApplicationListener<?> listener, EventKind kind) {
        GenericApplicationListener generic = listener instanceof GenericApplicationListener already
                ? already
                : new GenericApplicationListenerAdapter(listener);
        return generic.supportsEventType(payload(kind.type())) && !generic.supportsEventType(payload(Anything.class));
    }

    private static ResolvableType payload(Class<?> type) {
        return ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, type);
    }

    /** Nobody can be for this one. */
    private record Anything() {}
}
