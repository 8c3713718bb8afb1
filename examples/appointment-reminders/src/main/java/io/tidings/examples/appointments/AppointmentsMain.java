package io.tidings.examples.appointments;

import io.tidings.Tidings;
import io.tidings.gate.QuietHours;
import io.tidings.gate.SendingHours;
import io.tidings.message.Category;
import io.tidings.spring.RequiredTemplate;
import io.tidings.spring.TidingsCustomizer;
import io.tidings.template.TemplateDraft;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the practice, with a sandbox in the place of Twilio. */
@SpringBootApplication(proxyBeanMethods = false)
public class AppointmentsMain {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(AppointmentsMain.class, arguments);
    }

    // tag::quiet-hours
    /** Reminders are TRANSACTIONAL, which has no quiet hours unless somebody sets them. */
    @Bean
    TidingsCustomizer daytimeOnly() {
        return builder ->
                builder.quietHours(QuietHours.defaults().with(Category.TRANSACTIONAL, SendingHours.between(9, 20)));
    }
    // end::quiet-hours

    @Bean
    ApplicationRunner templates(Tidings tidings) {
        return arguments -> {
            if (tidings.templates().versions("reminder").isEmpty()) {
                tidings.templates()
                        .create(TemplateDraft.of(
                                "reminder",
                                "Hi {{name}}, we expect you on {{when}}. Reply YES to confirm or NO to call it off."));
            }
        };
    }

    @Bean
    RequiredTemplate reminder() {
        return RequiredTemplate.of("reminder", "name", "when");
    }
}
