package io.tidings.spring.torture;

import io.tidings.dispatch.SenderRates;
import io.tidings.gate.QuietHours;
import io.tidings.inbound.GapSettings;
import io.tidings.message.Sender;
import io.tidings.outbox.PollPlan;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import io.tidings.pumping.PumpingLimits;
import io.tidings.spring.ProviderDecorator;
import io.tidings.spring.TidingsCustomizer;
import io.tidings.throttle.Rate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * An application with the starter, whose settings are its arguments. It says on which port it listens. With {@code
 * torture.told} it writes down what it told the provider about where to call back.
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
final class AppMain {
    static final String LISTENS = "listens on ";
    static final String SENDER = "55512";

    /** Runs until it is killed. */
    public static void main(String[] arguments) {
        System.out.println(LISTENS
                + SpringApplication.run(AppMain.class, arguments)
                        .getEnvironment()
                        .getRequiredProperty("local.server.port"));
    }

    @Bean
    TidingsCustomizer fast(@Value("${torture.horizon}") Duration horizon) {
        return builder -> builder.rates(
                        SenderRates.defaults().with(new Sender.ShortCode(SENDER), Rate.perSecond(100_000)))
                .quietHours(QuietHours.none())
                .pumping(PumpingLimits.off())
                .missed(GapSettings.off())
                .polls(new PollPlan(List.of(horizon, horizon)));
    }

    @Bean
    @ConditionalOnProperty("torture.told")
    ProviderDecorator addresses(@Value("${torture.told}") Path file) {
        return provider -> new Told(provider, file);
    }

    /** Writes a line with the SID and the address for each message that the provider took. */
    private static final class Told extends ForwardingProvider {
        private final Path file;

        Told(Provider provider, Path file) {
            super(provider);
            this.file = file;
        }

        @Override
        public Outcome send(Submission submission) {
            Outcome outcome = super.send(submission);
            if (outcome instanceof Outcome.Accepted accepted) {
                write(accepted.sid() + "\t" + submission.callback() + "\n");
            }
            return outcome;
        }

        private synchronized void write(String line) {
            try {
                Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("the addresses cannot be written down", e);
            }
        }
    }
}
