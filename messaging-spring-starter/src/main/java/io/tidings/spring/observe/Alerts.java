package io.tidings.spring.observe;

import io.tidings.spring.Audience;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;

/**
 * Publishes alerts, each if some listener is for it: otherwise nothing is read for it. Listeners run on a thread of their own,
 * which is there only while there is something to tell, so that a slow one does not hold up the next reading.
 */
final class Alerts implements SmartInitializingSingleton, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Alerts.class);

    private final Supplier<Pulse> pulse;
    private final Degradations degradations;
    private final BalanceWatch balance;
    private final Watch watch;
    private final ApplicationContext context;
    private final ExecutorService teller;
    private volatile List<Class<?>> wanted = List.of();

    Alerts(
            Supplier<Pulse> pulse,
            Degradations degradations,
            BalanceWatch balance,
            Watch watch,
            ApplicationContext context) {
        this.pulse = pulse;
        this.degradations = degradations;
        this.balance = balance;
        this.watch = watch;
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
        wanted = Stream.of(TidingsAlert.class.getPermittedSubclasses())
                .filter(kind -> kind != TidingsAlert.Balance.class || balance.isOn())
                .filter(audience::listensTo)
                .toList();
        if (!wanted.isEmpty()) {
            Pulse readings = pulse.get();
            readings.onReading(reading -> look(Stream.concat(
                            degradations.after(reading).stream(),
                            reading.trouble() != null ? Stream.empty() : balance.of(readings.tidings()))
                    .toList()));
        }
    }

    /** Has those told that are news over all nodes. Waits for the store and not for listeners; nothing is thrown. */
    void look(List<TidingsAlert> states) {
        List<TidingsAlert> heard = states.stream()
                .filter(state -> wanted.contains(state.getClass()))
                .toList();
        try {
            watch.changed(heard).forEach(this::publish);
        } catch (RuntimeException e) {
            log.warn("which alerts stand could not be read: {}", e.getClass().getName());
        }
    }

    private void publish(TidingsAlert alert) {
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
        try {
            watch.told(alert);
        } catch (RuntimeException e) {
            log.warn(
                    "an alert is told again, as it could not be marked: {}",
                    e.getClass().getName());
        }
    }

    /** What is not yet told is left to another node. */
    @Override
    public void destroy() {
        teller.shutdownNow();
        try {
            watch.leave();
        } catch (RuntimeException e) {
            log.info(
                    "another node tells alerts when this one's lease has ended: {}",
                    e.getClass().getName());
        }
    }
}
