package io.tidings.benchmarks.rest;

import io.tidings.spring.SandboxTransportAutoConfiguration;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsJdbcAutoConfiguration;
import io.tidings.spring.TidingsStoresAutoConfiguration;
import io.tidings.spring.TidingsWebhookAutoConfiguration;
import io.tidings.spring.rest.TidingsRestAutoConfiguration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with the HTTP API on the loopback interface, over the connections that are given. It sends nothing. */
final class Shop implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    /** What it is made of. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        SandboxTransportAutoConfiguration.class,
        TidingsJdbcAutoConfiguration.class,
        TidingsStoresAutoConfiguration.class,
        TidingsWebhookAutoConfiguration.class,
        TidingsAutoConfiguration.class,
        TidingsRestAutoConfiguration.class
    })
    static final class Parts {}

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one. */
    static Shop open(DataSource pool) {
        return new Shop(new SpringApplicationBuilder(Parts.class)
                .initializers(starting -> starting.getBeanFactory().registerSingleton("dataSource", pool))
                .properties(Map.of(
                        "spring.main.banner-mode", "off",
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "tidings.provider", "sandbox",
                        "tidings.worker.enabled", "false",
                        "tidings.tenant-settings", "true",
                        "tidings.public-url", "https://shop.example.com",
                        "tidings.rest.enabled", "true",
                        "tidings.rest.requests-per-minute", "1000000"))
                .run());
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
    }
}
