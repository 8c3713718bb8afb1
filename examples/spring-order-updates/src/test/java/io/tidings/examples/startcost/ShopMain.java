package io.tidings.examples.startcost;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * An application with a web server, a pool and the actuator, which knows nothing of Tidings: the starter is on its class
 * path or not. It starts, is idle, and prints what that took on one line.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ShopMain {
    private static final CountedStatements STATEMENTS = new CountedStatements();
    private static final int COLLECTIONS = 3;

    /** Takes arguments for Spring, and as properties the seconds after the start and those of being idle. */
    public static void main(String[] arguments) {
        long[] started = new long[1];
        SpringApplication application = new SpringApplication(ShopMain.class);
        application.addListeners((ApplicationListener<ApplicationReadyEvent>) ready -> started[0] =
                ready.getTimeTaken() == null ? 0 : ready.getTimeTaken().toMillis());
        ConfigurableApplicationContext context = application.run(arguments);
        try {
            Duration idle = Duration.ofSeconds(Long.getLong("idle", 30));
            pause(Duration.ofSeconds(Long.getLong("settle", 3)));
            OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long statements = STATEMENTS.count();
            long cpu = machine.getProcessCpuTime();
            pause(idle);
            double share = (machine.getProcessCpuTime() - cpu) * 100.0 / idle.toNanos();
            double rate = (STATEMENTS.count() - statements) * 1.0 / idle.toSeconds();
            System.out.printf(
                    Locale.ROOT,
                    "measured %d %.1f %d %.3f %.3f%n",
                    started[0],
                    heap() / 1048576.0,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    share,
                    rate);
        } finally {
            context.close();
        }
    }

    private static void pause(Duration span) {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** What is still referred to: collected several times, since finalizing frees more. */
    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Bean
    static CountedStatements countedStatements() {
        return STATEMENTS;
    }
}
