package io.tidings.test;

import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxBuilder;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts one sandbox for a test class, for applications that are tested as they run: point the provider's base URL at
 * {@link Sandbox#url()}. Test methods may take the {@link Sandbox} as a parameter.
 *
 * <p>The seed is the system property {@code tidings.seed}, 1 if it is not set, and is published as a report entry, so
 * that a failure can be repeated.
 */
public final class SandboxExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final Namespace ROOM = Namespace.create(SandboxExtension.class);

    private final UnaryOperator<SandboxBuilder> settings;

    /** With all defaults. */
    public SandboxExtension() {
        this(settings -> settings);
    }

    private SandboxExtension(UnaryOperator<SandboxBuilder> settings) {
        this.settings = settings;
    }

    /** With settings of your own. */
    public static SandboxExtension with(UnaryOperator<SandboxBuilder> settings) {
        return new SandboxExtension(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        SandboxBuilder builder = Sandbox.builder().seed(Long.getLong("tidings.seed", 1));
        Sandbox sandbox = settings.apply(builder).start();
        context.publishReportEntry("tidings.seed", String.valueOf(sandbox.seed()));
        context.getStore(ROOM).put(Sandbox.class, sandbox);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Sandbox sandbox = context.getStore(ROOM).remove(Sandbox.class, Sandbox.class);
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Objects.requireNonNull(context.getStore(ROOM).get(Sandbox.class, Sandbox.class));
    }
}
