package io.tidings.spring;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/** Who listens to events of the application, once its singletons are made. */
public final class Audience {
    private final AbstractApplicationContext context;

    private Audience(AbstractApplicationContext context) {
        this.context = context;
    }

    /** That of this context. */
    public static Audience of(ApplicationContext context) {
        if (!(context instanceof AbstractApplicationContext known)) {
            throw new IllegalStateException("who listens is known of contexts that extend AbstractApplicationContext");
        }
        return new Audience(known);
    }

    /** Whether some listener is for this type: who takes everything that is ever published is for nothing in particular. */
    public boolean listensTo(Class<?> type) {
        return context.getApplicationListeners().stream().anyMatch(listener -> isFor(listener, type));
    }

    private static boolean isFor(ApplicationListener<?> listener, Class<?> type) {
        GenericApplicationListener generic = listener instanceof GenericApplicationListener already
                ? already
                : new GenericApplicationListenerAdapter(listener);
        return generic.supportsEventType(payload(type)) && !generic.supportsEventType(payload(Anything.class));
    }

    private static ResolvableType payload(Class<?> type) {
        return ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, type);
    }

    /** Nobody can be for this one. */
    private record Anything() {}
}
