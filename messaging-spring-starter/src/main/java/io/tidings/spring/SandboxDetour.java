package io.tidings.spring;

import io.tidings.sandbox.Sandbox;
import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Lets the callbacks of a sandbox in this process come to this process, whatever the public address is: that one leads
 * elsewhere or nowhere on a machine where a sandbox is used. They are signed for the public address, as those of Twilio.
 */
final class SandboxDetour implements ApplicationListener<WebServerInitializedEvent> {
    private final ObjectProvider<Sandbox> sandbox;
    private final WebhookAddress address;

    SandboxDetour(ObjectProvider<Sandbox> sandbox, WebhookAddress address) {
        this.sandbox = sandbox;
        this.address = address;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        WebServerApplicationContext served = event.getApplicationContext();
        if (served.getServerNamespace() == null) {
            int port = event.getWebServer().getPort();
            address.find(true)
                    .ifPresent(called -> address.local(port)
                            .ifPresent(reached -> sandbox.ifAvailable(twilio -> lead(twilio, called, reached))));
        }
    }

    private static void lead(Sandbox sandbox, URI called, URI reached) {
        sandbox.detour(called.toString(), reached.toString());
    }
}
