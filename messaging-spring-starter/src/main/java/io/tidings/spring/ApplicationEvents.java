package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.event.EventKind;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;

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
        Audience audience = Audience.of(context);
        for (EventKind kind : EventKind.values()) {
            if (audience.listensTo(kind.type())) {
                tidings.get().on(kind.type(), context::publishEvent);
            }
        }
    }
}
