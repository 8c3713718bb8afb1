package io.tidings.spring.host;

import io.tidings.Tidings;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * An application as there are many: JPA, logins and roles, tables of its own by Flyway, its own JSON, errors, timers and
 * tasks. It texts its customers if it can.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableAsync
@EnableScheduling
class BillingHost {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/", "/actuator/health")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/invoices")
                        .hasRole("CLERK")
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("clerk").password("{noop}c").roles("CLERK").build(),
                User.withUsername("reader").password("{noop}r").roles("READER").build(),
                User.withUsername("operator")
                        .password("{noop}o")
                        .roles("TIDINGS_READ")
                        .build());
    }

    @Bean
    HealthIndicator printer() {
        return () -> Health.up().withDetail("paper", "there is some").build();
    }

    record Bill(Long id, String customer, String phoneNumber, long amountInCents) {}

    @Service
    static class Billing {
        private final Invoices invoices;
        private final ObjectProvider<Tidings> tidings;

        Billing(Invoices invoices, ObjectProvider<Tidings> tidings) {
            this.invoices = invoices;
            this.tidings = tidings;
        }

        @Transactional
        public Long issue(Bill bill) {
            Invoice invoice = invoices.saveAndFlush(new Invoice(bill.customer, bill.phoneNumber, bill.amountInCents));
            tidings.ifAvailable(
                    texts -> texts.sms(bill.phoneNumber, "Your invoice " + invoice.id() + " is on its way."));
            if (bill.amountInCents < 0) {
                throw new IllegalArgumentException("nobody pays less than nothing");
            }
            return invoice.id();
        }

        @Async
        public CompletableFuture<String> thread() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }
    }

    @Component
    static class Timer {
        final CountDownLatch ticked = new CountDownLatch(2);

        @Scheduled(fixedDelay = 20)
        void tick() {
            ticked.countDown();
        }
    }

    @RestController
    static class Pages {
        private final Billing billing;
        private final Invoices invoices;

        Pages(Billing billing, Invoices invoices) {
            this.billing = billing;
            this.invoices = invoices;
        }

        @GetMapping("/")
        String home() {
            return "Billing";
        }

        @PostMapping("/invoices")
        @ResponseStatus(HttpStatus.CREATED)
        Bill issue(@RequestBody Bill bill) {
            return bill(billing.issue(bill));
        }

        @GetMapping("/invoices/{id}")
        Bill bill(@PathVariable Long id) {
            Invoice found = invoices.findById(id).orElseThrow();
            return new Bill(found.id(), found.customer(), found.phoneNumber(), found.amountInCents());
        }
    }

    @RestControllerAdvice
    static class Errors {
        @ExceptionHandler
        @ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
        Map<String, String> wrong(IllegalArgumentException e) {
            return Map.of("complaint", e.getMessage());
        }
    }
}
