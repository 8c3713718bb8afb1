package io.tidings.examples.orders;

import io.tidings.Tidings;
import io.tidings.sandbox.Sandbox;
import io.tidings.spring.RequiredTemplate;
import io.tidings.template.TemplateDraft;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** Starts the shop, with a sandbox in the place of Twilio. */
@SpringBootApplication(proxyBeanMethods = false)
public class OrdersMain {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(OrdersMain.class, arguments);
    }

    // tag::template
    @Bean
    ApplicationRunner templates(Tidings tidings) {
        return arguments -> {
            if (tidings.templates().versions("order-ready").isEmpty()) {
                tidings.templates()
                        .create(TemplateDraft.of(
                                "order-ready", "Hi {{name}}, order {{order}} is ready to be picked up."));
            }
        };
    }

    @Bean
    RequiredTemplate orderReady() {
        return RequiredTemplate.of("order-ready", "name", "order");
    }
    // end::template

    @Bean
    ApplicationListener<ApplicationReadyEvent> whatToOpen(ObjectProvider<Sandbox> sandbox) {
        return ready -> {
            String shop = "http://localhost:"
                    + ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
            System.out.println();
            System.out.println("The shop is open. Nobody is texted: Twilio is a sandbox on this machine.");
            System.out.println("  mark an order ready   curl -X POST " + shop + "/orders/1/ready");
            System.out.println("  orders                " + shop + "/orders");
            System.out.println("  health                " + shop + "/actuator/health");
            System.out.println("  the API to try out    " + shop + "/tidings/api/v1/docs");
            sandbox.ifAvailable(carrier -> {
                System.out.println("  what was sent         " + carrier.url() + "/sandbox/messages");
                System.out.println(
                        "  answer as Ana         curl -H 'Content-Type: application/json' " + carrier.url()
                                + "/sandbox/replies -d '{\"from\":\"+12025550143\",\"to\":\"+12025550100\",\"text\":\"coming\"}'");
            });
            System.out.println();
        };
    }
}
