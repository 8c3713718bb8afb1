package io.tidings.test;

import io.tidings.Tidings;
import io.tidings.sandbox.Sandbox;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each JUnit test a system of its own and ends it afterwards. Test methods may take a {@link TestTidings}, its
 * {@link Tidings}, its {@link FakeProvider} or, where it runs over one, its {@link Sandbox} as
 * parameters.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TidingsExtension TIDINGS = TidingsExtension.with(TestTidings::overFake);
 * }</pre>
 *
 * <p>As {@code @ExtendWith(TidingsExtension.class)} it runs over a fake.
 */
public final class TidingsExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace ROOM = Namespace.create(TidingsExtension.class);

    private final Supplier<TestTidings> start;

    /** Runs each test over a fake. */
    public TidingsExtension() {
        this(TestTidings::overFake);
    }

    private TidingsExtension(Supplier<TestTidings> start) {
        this.start = start;
    }

    /** Starts each test's system so. */
    public static TidingsExtension with(Supplier<TestTidings> start) {
        return new TidingsExtension(start);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(ROOM).put(TestTidings.class, start.get());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestTidings kit = context.getStore(ROOM).remove(TestTidings.class, TestTidings.class);
        if (kit != null) {
            kit.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestTidings.class
                || type == Tidings.class
                || type == (kit(context).isOverFake() ? FakeProvider.class : Sandbox.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestTidings kit = kit(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Tidings.class) {
            return kit.tidings();
        }
        if (type == FakeProvider.class) {
            return kit.fake();
        }
        return type == Sandbox.class ? kit.sandbox() : kit;
    }

    private static TestTidings kit(ExtensionContext context) {
        return Objects.requireNonNull(
                context.getStore(ROOM).get(TestTidings.class, TestTidings.class),
                "a system belongs to one test, so only test methods can be given it");
    }
}
