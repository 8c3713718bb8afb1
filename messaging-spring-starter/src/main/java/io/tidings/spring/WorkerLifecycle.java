package io.tidings.spring;

import io.tidings.Tidings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the worker when the application is ready, and stops it before the web server drains: webhooks are taken in until
 * the end, and nothing new leaves meanwhile.
 */
final class WorkerLifecycle implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {
    private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

    private final Tidings tidings;
    private final TidingsProperties.Worker settings;
    private final StartLine line;
    private final TemplateCheck templates;
    private boolean open;
    private boolean working;

    WorkerLifecycle(Tidings tidings, TidingsProperties.Worker settings, StartLine line, TemplateCheck templates) {
        this.tidings = tidings;
        this.settings = settings;
        this.line = line;
        this.templates = templates;
    }

    @Override
    public synchronized void onApplicationEvent(ApplicationReadyEvent ready) {
        if (!open || working) {
            return;
        }
        templates.check(tidings.templates());
        if (settings.enabled()) {
            tidings.start();
            working = true;
        }
        log.info("{}", line.text(tidings, working));
    }

    @Override
    public synchronized void start() {
        open = true;
    }

    @Override
    public synchronized void stop() {
        if (open) {
            open = false;
            working = false;
            tidings.stop();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return open;
    }

    /** Whether messages are handed to the provider by this node. */
    synchronized boolean isWorking() {
        return working;
    }

    @Override
    public int getPhase() {
        return settings.phase();
    }

    /** A worker that has stopped does not start again, so it is not stopped for a pause between two tests. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
