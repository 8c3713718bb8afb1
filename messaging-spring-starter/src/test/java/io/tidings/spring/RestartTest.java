package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.event.MessageSent;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.spring.observe.TidingsAlert;
import io.tidings.spring.observe.TidingsAlertsAutoConfiguration;
import io.tidings.spring.observe.TidingsPulseAutoConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * A restart as developer tools do it: the context is closed and another one begins in the same process, with the host's
 * classes from a new class loader and the libraries from the old one.
 */
class RestartTest {
    private static final Set<MessageStatus> WAITING =
            Set.of(MessageStatus.SCHEDULED, MessageStatus.QUEUED, MessageStatus.SENDING);
    private static final String URL = "jdbc:h2:mem:restart;DB_CLOSE_DELAY=-1";

    /** Has the host's classes itself, everything else from above. */
    private static final class HostLoader extends ClassLoader {
        HostLoader() {
            super(RestartTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(RestartTest.class.getName() + "$Host")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        SandboxTransportAutoConfiguration.class,
        TidingsJdbcAutoConfiguration.class,
        TidingsStoresAutoConfiguration.class,
        TidingsAutoConfiguration.class,
        TidingsListenerAutoConfiguration.class,
        TidingsEventAutoConfiguration.class,
        TidingsPulseAutoConfiguration.class,
        TidingsAlertsAutoConfiguration.class
    })
    static class Host {
        @Bean
        HostGarage garage() {
            return new HostGarage();
        }
    }

    static class HostGarage {
        @OnSms
        String answer(String text) {
            return "We call you back.";
        }

        @EventListener
        void worse(TidingsAlert.QueueLag alert) {}

        @EventListener
        void sent(MessageSent event) {}
    }

    private static AnnotationConfigApplicationContext start() throws ClassNotFoundException {
        HostLoader loader = new HostLoader();
        Thread.currentThread().setContextClassLoader(loader);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setClassLoader(loader);
        TestPropertyValues.of("tidings.provider=sandbox", "spring.datasource.url=" + URL)
                .applyTo(context);
        context.register(loader.loadClass(Host.class.getName()));
        context.refresh();
        context.publishEvent(
                new ApplicationReadyEvent(new SpringApplication(Host.class), new String[0], context, Duration.ZERO));
        return context;
    }

    @Test
    void the_next_context_takes_over_and_nothing_of_the_first_goes_on() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Set<Thread> already = ours();
        try {
            AnnotationConfigApplicationContext first = start();
            Object garage = first.getBean("garage");
            Tidings one = first.getBean(Tidings.class);
            MessageId early = one.sms("+12025550143", "Your car is ready.").id();
            assertSent(one, early);
            assertThat(ours()).hasSizeGreaterThan(already.size());
            first.close();
            assertThat(left(already)).isEmpty();

            AnnotationConfigApplicationContext second = start();
            assertThat(second.getBean("garage").getClass())
                    .isNotSameAs(garage.getClass())
                    .hasToString(garage.getClass().toString());
            Tidings two = second.getBean(Tidings.class);
            assertSent(two, early);
            assertSent(two, two.sms("+12025550144", "Your car is ready.").id());
            second.close();
            assertThat(left(already)).isEmpty();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** The HTTP client keeps threads for the whole process: they held the first host's classes for as long as one sends. */
    @Test
    void no_thread_keeps_the_class_loader_of_a_host_that_was_restarted_and_no_bean_of_the_platform_is_left()
            throws Exception {
        Set<ObjectName> beansBefore = ManagementFactory.getPlatformMBeanServer().queryNames(null, null);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader hosts;
        try {
            AnnotationConfigApplicationContext context = start();
            hosts = Thread.currentThread().getContextClassLoader();
            Tidings tidings = context.getBean(Tidings.class);
            assertSent(
                    tidings, tidings.sms("+12025550145", "Your car is ready.").id());
            context.close();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!threadsOf(hosts).isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(threadsOf(hosts)).isEmpty();
        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null))
                .isSubsetOf(beansBefore);
    }

    private static List<String> threadsOf(ClassLoader loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getContextClassLoader() == loader)
                .map(Thread::getName)
                .toList();
    }

    private static void assertSent(Tidings tidings, MessageId id) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (WAITING.contains(tidings.find(id).orElseThrow().status()) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(tidings.find(id).orElseThrow().status()).isNotIn(WAITING);
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive()
                        && (thread.getName().startsWith("tidings")
                                || thread.getName().startsWith("sandbox")))
                .collect(Collectors.toSet());
    }

    /** A thread that was told to end may need a moment. */
    private static Set<Thread> left(Set<Thread> already) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Set<Thread> left = ours();
        left.removeAll(already);
        while (!left.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            left = ours();
            left.removeAll(already);
        }
        return left;
    }
}
