package io.tidings.spring.torture;

import io.tidings.Tidings;
import io.tidings.event.MessageSent;
import io.tidings.gate.QuietHours;
import io.tidings.message.MessageId;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.spring.OnSms;
import io.tidings.spring.TidingsCustomizer;
import io.tidings.spring.WebhookDecorator;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application under developer tools: its classes come from a new class loader after each restart, all else stays. So it
 * knows nothing of this package, which is all else.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            DataJpaRepositoriesAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class,
            SecurityAutoConfiguration.class,
            SecurityFilterAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
class RestartedMain {
    private static final String SENDER = "55512";

    RestartedMain() {
        loaders().add(new WeakReference<>(RestartedMain.class.getClassLoader()));
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) {
        SpringApplication.run(RestartedMain.class, arguments);
        System.out.println("runs " + loaders().size());
    }

    /** Those it was loaded by until now, kept where a restart leaves them. */
    @SuppressWarnings("unchecked")
    private static List<WeakReference<ClassLoader>> loaders() {
        return (List<WeakReference<ClassLoader>>)
                Restarter.getInstance().getOrAddAttribute("loaders", CopyOnWriteArrayList::new);
    }

    @Bean(destroyMethod = "close")
    Sandbox sandbox(@Value("${restart.folder}") Path folder) {
        return Sandbox.builder()
                .sender(SENDER, 10)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.none())
                .logFile(folder.resolve("sandbox-" + loaders().size()))
                .start();
    }

    @Bean
    TidingsCustomizer always() {
        return builder -> builder.quietHours(QuietHours.none());
    }

    @Bean
    WebhookDecorator passing() {
        return answers -> request -> answers.apply(request);
    }

    @RestController
    static final class Garage {
        private final Tidings tidings;
        private final Sandbox sandbox;

        Garage(Tidings tidings, Sandbox sandbox) {
            this.tidings = tidings;
            this.sandbox = sandbox;
        }

        @OnSms
        String answer(String text) {
            return "You wrote: " + text;
        }

        @EventListener
        void sent(MessageSent event) {
            Objects.requireNonNull(event);
        }

        @PostMapping("/texts")
        String send(@RequestParam String to, @RequestParam String text) {
            return tidings.sms(to, text).id().toString();
        }

        @PostMapping("/status")
        String status(@RequestParam String id) {
            return tidings.find(MessageId.parse(id)).orElseThrow().status().toString();
        }

        @PostMapping("/reply")
        void reply(@RequestParam String from, @RequestParam String text) {
            sandbox.reply(from, SENDER, text);
        }

        /** Which class loaders are still there, of the first, the second and so on. */
        @PostMapping("/loaders")
        String loadersLeft() {
            System.gc();
            return IntStream.range(0, loaders().size())
                    .filter(index -> loaders().get(index).get() != null)
                    .mapToObj(index -> Integer.toString(index + 1))
                    .collect(Collectors.joining(" "));
        }

        @PostMapping("/explain")
        String explain(@RequestParam String id) {
            return tidings.explain(MessageId.parse(id)).toString();
        }
    }
}
