package io.tidings.spring.observe;

import io.tidings.message.TimeSource;
import io.tidings.spring.Audience;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;

/**
 * Publishes alerts, if some listener is for them: otherwise nothing is read for it. Listeners run on a thread of their own,
 * which is there only while there is something to tell, so that a slow one does not hold up the next reading.
 */
final class Alerts implements SmartInitializingSingleton, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Alerts.class);
    private static final List<Class<? extends TidingsAlert>> BY_READING =
            List.of(TidingsAlert.DeliveryRate.class, TidingsAlert.QueueLag.class, TidingsAlert.DeadLetters.class);

    private final Supplier<Pulse> pulse;
    private final Degradations degradations;
    private final ApplicationContext context;
    private final ExecutorService teller;

    Alerts(Supplier<Pulse> pulse, TidingsAlertProperties bounds, TimeSource time, ApplicationContext context) {
        this.pulse = pulse;
        this.degradations = new Degradations(bounds, time);
        this.context = context;
        this.teller = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread daemon = new Thread(task, "tidings-alerts");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    @Override
    public void afterSingletonsInstantiated() {
        Audience audience = Audience.of(context);
        if (BY_READING.stream().anyMatch(audience::listensTo)) {
            pulse.get().onReading(reading -> degradations.after(reading).forEach(this::publish));
        }
    }

    /** Logs it and has it told. Never blocks; whatever a listener throws ends in the log. */
    void publish(TidingsAlert alert) {
        if (alert.isRaised()) {
            log.warn("{}", alert);
        } else {
            log.info("{}", alert);
        }
        if (!teller.isShutdown()) {
            teller.execute(() -> tell(alert));
        }
    }

    private void tell(TidingsAlert alert) {
        try {
            context.publishEvent(alert);
        } catch (RuntimeException e) {
            log.warn("a listener of alerts failed with {}", e.getClass().getName());
        }
    }

    @Override
    public void destroy() {
        teller.shutdownNow();
    }
}
