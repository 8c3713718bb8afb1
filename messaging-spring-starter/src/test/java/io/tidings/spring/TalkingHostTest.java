package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.event.MessageDelivered;
import io.tidings.event.MessageQueued;
import io.tidings.event.MessageReceived;
import io.tidings.event.MessagingEvent;
import io.tidings.inbound.Reply;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageStatus;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.Receipt;
import io.tidings.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.event.TransactionalEventListener;

/** Handlers and listeners of a host, beside a sandbox. */
class TalkingHostTest {
    private static final String OURS = "+12025550100";
    private static final String ANA = "+12025550143";

    private static final AutoConfigurations OF_TIDINGS = AutoConfigurations.of(
            SandboxTransportAutoConfiguration.class,
            TidingsJdbcAutoConfiguration.class,
            TidingsStoresAutoConfiguration.class,
            TidingsAutoConfiguration.class,
            TidingsWebhookAutoConfiguration.class,
            TidingsEventAutoConfiguration.class,
            TidingsListenerAutoConfiguration.class);

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(Tidings tidings, BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            tidings.runDue();
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Host {
        @Bean
        Garage garage(Tidings tidings) {
            return new Garage(tidings);
        }
    }

    static class Garage {
        final List<Object> seen = new CopyOnWriteArrayList<>();
        private int tries;

        Garage(Tidings tidings) {
            assertThat(tidings).isNotNull();
        }

        // tag::on-sms
        @OnSms(keyword = {"status", "${garage.word:where}"})
        String status(InboundMessage message) {
            if (++tries == 1) {
                throw new IllegalStateException("the first try fails");
            }
            return "Ready at bay 4.";
        }

        @OnSms
        void anythingElse(String text, PhoneNumber from) {
            seen.add(text + " of " + from.e164());
        }
        // end::on-sms

        @EventListener
        void delivered(MessageDelivered event) {
            seen.add(tidings.find(event.id()).orElseThrow().id());
        }
    }

    @Test
    void the_provider_reports_a_handler_replies_and_listeners_are_told() throws IOException {
        new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
                .withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class))
                .withConfiguration(OF_TIDINGS)
                .withUserConfiguration(Host.class)
                .withPropertyValues(
                        "server.port=" + freePort(),
                        "server.address=127.0.0.1",
                        "tidings.provider=sandbox",
                        "tidings.store=memory")
                .run(context -> {
                    Tidings tidings = context.getBean(Tidings.class);
                    Sandbox sandbox = context.getBean(Sandbox.class);
                    Garage garage = context.getBean(Garage.class);
                    Receipt receipt = tidings.sms(ANA, "We look after your car.");
                    await(tidings, () -> garage.seen.contains(receipt.id()));
                    assertThat(tidings.find(receipt.id()).orElseThrow().status())
                            .isEqualTo(MessageStatus.DELIVERED);

                    sandbox.handset(ANA).text(OURS, "Where?");
                    await(
                            tidings,
                            () -> sandbox.handset(ANA).inbox().stream()
                                    .anyMatch(message -> message.body().equals("Ready at bay 4.")));
                    sandbox.handset(ANA).text(OURS, "Thank you");
                    await(tidings, () -> garage.seen.contains("Thank you of " + ANA));

                    assertThat(tidings.webhooks().counts().forbidden()).isZero();
                });
    }

    private final ApplicationContextRunner database = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withConfiguration(OF_TIDINGS)
            .withPropertyValues("tidings.provider=sandbox", "spring.datasource.generate-unique-name=true");

    @Configuration(proxyBeanMethods = false)
    static class Shop {
        @Bean
        Ledger ledger(JdbcTemplate jdbc) {
            return new Ledger(jdbc);
        }
    }

    static class Ledger {
        final List<String> calls = new CopyOnWriteArrayList<>();
        private final JdbcTemplate jdbc;

        Ledger(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        // tag::spring-events
        @EventListener
        void note(MessageQueued event) {
            jdbc.update("INSERT INTO noted (id) VALUES (?)", event.id().toString());
            calls.add("noted");
            if (calls.size() == 1) {
                throw new IllegalStateException("the first try fails");
            }
        }

        @TransactionalEventListener
        void afterwards(MessageQueued event) {
            calls.add("committed");
        }
        // end::spring-events
    }

    @Test
    void what_a_listener_writes_is_in_the_transaction_that_marks_the_event() {
        database.withUserConfiguration(Shop.class).run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.execute("CREATE TABLE noted (id VARCHAR(40))");
            Tidings tidings = context.getBean(Tidings.class);
            Ledger ledger = context.getBean(Ledger.class);

            Receipt receipt = tidings.sms(ANA, "Your order is on its way.");
            await(tidings, () -> ledger.calls.contains("committed"));

            assertThat(ledger.calls).containsExactly("noted", "noted", "committed");
            assertThat(jdbc.queryForList("SELECT id FROM noted", String.class))
                    .containsExactly(receipt.id().toString());
            assertThat(tidings.events().counts().waiting()).isZero();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Curious {
        @EventListener
        void everything(Object event) {}
    }

    @Test
    void who_listens_to_everything_that_is_published_costs_no_rows() {
        database.withUserConfiguration(Curious.class).run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            tidings.sms(ANA, "Your order is on its way.");

            assertThat(tidings.events().counts().waiting()).isZero();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Watcher {
        @EventListener
        void any(MessagingEvent event) {}
    }

    @Test
    void who_listens_to_all_events_of_tidings_gets_them() {
        database.withUserConfiguration(Watcher.class).run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            tidings.sms(ANA, "Your order is on its way.");

            assertThat(tidings.events().counts().waiting()).isOne();
        });
    }

    static class Yes {
        @OnSms(keyword = "Yes!")
        String yes() {
            return "Fine.";
        }
    }

    static class AlsoYes {
        @OnSms(keyword = {"y", "YES"})
        Reply yes() {
            return Reply.none();
        }
    }

    static class Wrong {
        @OnSms
        int count(MessageReceived event) {
            return 1;
        }
    }

    @Test
    void two_methods_for_one_keyword_do_not_start() {
        database.withBean(Yes.class)
                .withBean(AlsoYes.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupProblem.class)
                        .hasMessageContaining("the keyword yes")
                        .hasMessageContaining("AlsoYes.yes"));
    }

    @Test
    void a_method_that_cannot_answer_does_not_start() {
        database.withBean(Wrong.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupProblem.class)
                        .hasMessageContaining("Wrong.count"));
    }

    @Test
    void a_bean_that_is_made_lazily_is_found_before_it_is_made() {
        database.withBean("late", Yes.class, Yes::new, definition -> definition.setLazyInit(true))
                .withBean(AlsoYes.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupProblem.class)
                        .hasMessageContaining("Yes.yes"));
    }
}
