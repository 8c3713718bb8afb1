package io.tidings.spring.torture;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a {@link Database} of its own, on one server for all rows that do not stop it; durable in full size. */
final class SharedServer implements ParameterResolver {
    private static final Namespace SERVER = Namespace.create(SharedServer.class);

    /** Ended with the last test. */
    private record Shared(Server server, AtomicInteger databases) implements AutoCloseable {
        Database database() {
            return server.database("row_" + databases.incrementAndGet());
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SERVER)
                .computeIfAbsent(
                        Shared.class, key -> new Shared(Server.start(Size.isFull()), new AtomicInteger()), Shared.class)
                .database();
    }
}
