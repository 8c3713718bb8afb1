package io.tidings.spring.torture;

import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.ConversationStore.Entry;
import io.tidings.outbox.MessageView;
import io.tidings.sandbox.Sandbox;
import io.tidings.spring.SandboxTransportAutoConfiguration;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsStoresAutoConfiguration;
import io.tidings.spring.TidingsWebhookAutoConfiguration;
import io.tidings.webhook.WebhookCounts;
import java.io.IOException;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application whose webhooks somebody breaks. It says its port and the token that signs, waits for the end of its input, and
 * then says what has changed meanwhile and what its heap holds.
 */
final class FuzzedMain {
    static final String LISTENS = "listens on ";
    static final String TOKEN = "signed with ";
    static final String CHANGED = "changed: ";
    static final String HEAP = "heap: ";
    static final String ANA = "+12025550143";

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        HttpEncodingAutoConfiguration.class,
        SandboxTransportAutoConfiguration.class,
        TidingsStoresAutoConfiguration.class,
        TidingsWebhookAutoConfiguration.class,
        TidingsAutoConfiguration.class
    })
    static final class Parts {}

    private FuzzedMain() {}

    public static void main(String[] arguments) throws IOException {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Parts.class)
                .properties(Map.of(
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "tidings.provider", "sandbox",
                        "tidings.worker.enabled", "false",
                        "tidings.store", "memory",
                        "tidings.public-url", "https://shop.example.com"))
                .run()) {
            Tidings tidings = context.getBean(Tidings.class);
            MessageId waiting = tidings.sms(ANA, "Ready.").id();
            MessageView before = tidings.find(waiting).orElseThrow();
            System.out.println(TOKEN + context.getBean(Sandbox.class).authToken());
            System.out.println(LISTENS + context.getEnvironment().getRequiredProperty("local.server.port"));
            System.in.readAllBytes();
            System.gc();
            Runtime machine = Runtime.getRuntime();
            System.out.println(HEAP + (machine.totalMemory() - machine.freeMemory()) / 1024 / 1024);
            System.out.println(CHANGED + changed(tidings, waiting, before));
        }
        System.exit(0);
    }

    private static String changed(Tidings tidings, MessageId waiting, MessageView before) {
        WebhookCounts counts = tidings.webhooks().counts();
        PhoneNumber ana = new PhoneNumber(ANA);
        long texts = tidings.conversation(TenantId.DEFAULT, ana).stream()
                .filter(Entry.Inbound.class::isInstance)
                .count();
        boolean untouched = tidings.find(waiting).orElseThrow().equals(before)
                && tidings.counts().values().stream().mapToLong(Long::longValue).sum() == 1;
        return "received=" + counts.received() + " kept=" + counts.kept() + " orphaned=" + counts.orphaned()
                + " unavailable=" + counts.unavailable() + " texts=" + texts + " consent="
                + tidings.consent().entries(TenantId.DEFAULT, ana).size() + " message="
                + (untouched ? "untouched" : "changed");
    }
}
