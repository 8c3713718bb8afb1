package io.tidings.spring.torture;

import io.tidings.sandbox.Sandbox;
import java.util.function.Consumer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** An {@link AppMain} in this process, with beans of a test's own, used over its HTTP interface; the provider's calls reach it. */
final class Host implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Api api;

    private Host(ConfigurableApplicationContext context) {
        this.context = context;
        this.api = new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    static Host start(Settings settings, Sandbox sandbox, Consumer<GenericApplicationContext> beans) {
        ApplicationContextInitializer<GenericApplicationContext> more = beans::accept;
        Host host = new Host(new SpringApplicationBuilder(AppMain.class)
                .initializers(more)
                .run(settings.patient().arguments().toArray(String[]::new)));
        sandbox.detour(Settings.PUBLIC, "http://127.0.0.1:" + host.api.port());
        return host;
    }

    Api api() {
        return api;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
