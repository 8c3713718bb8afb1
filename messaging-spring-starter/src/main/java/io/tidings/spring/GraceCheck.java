package io.tidings.spring;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/** Warns where Spring would end a stop before the requests under way have ended. */
final class GraceCheck {
    private static final Logger log = LoggerFactory.getLogger(GraceCheck.class);
    private static final String TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

    private GraceCheck() {}

    static boolean check(TidingsProperties.Worker worker, Environment environment) {
        Duration timeout = DurationStyle.detectAndParse(environment.getProperty(TIMEOUT, "30s"));
        boolean fits = worker.shutdownGrace().compareTo(timeout) < 0;
        if (!fits) {
            log.warn(
                    "tidings.worker.shutdown-grace ({}) is not shorter than {} ({}), so a stop may be cut short",
                    worker.shutdownGrace(),
                    TIMEOUT,
                    timeout);
        }
        return fits;
    }
}
