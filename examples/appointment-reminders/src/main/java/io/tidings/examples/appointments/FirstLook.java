package io.tidings.examples.appointments;

import io.tidings.sandbox.Sandbox;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Books the samples when the practice opens, and prints what to look at. */
@Component
final class FirstLook {
    private final AppointmentBook book;
    private final ObjectProvider<Sandbox> sandbox;

    FirstLook(AppointmentBook book, ObjectProvider<Sandbox> sandbox) {
        this.book = book;
        this.sandbox = sandbox;
    }

    @EventListener
    void opened(ApplicationReadyEvent ready) {
        String practice = "http://localhost:"
                + ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
        System.out.println();
        System.out.println("The practice is open. Nobody is texted: Twilio is a sandbox on this machine.");
        new SampleDay(book, InstantSource.system()).book().forEach(System.out::println);
        System.out.println("  appointments          " + practice + "/appointments");
        System.out.println("  call the second off   curl -X DELETE " + practice + "/appointments/2");
        sandbox.ifAvailable(carrier -> {
            System.out.println("  what was sent         " + carrier.url() + "/sandbox/messages");
            System.out.println("  answer as Ana         curl -H 'Content-Type: application/json' " + carrier.url()
                    + "/sandbox/replies -d '{\"from\":\"+12025550143\",\"to\":\"+12025550100\",\"text\":\"yes\"}'");
        });
        System.out.println();
    }
}
