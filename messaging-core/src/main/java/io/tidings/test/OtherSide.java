package io.tidings.test;

import io.tidings.Tidings;
import java.time.Duration;
import java.util.List;

/** Who carries the messages of a {@link TestTidings}. */
interface OtherSide extends AutoCloseable {

    /** Brings what is due to the webhooks, and tells whether there was anything. */
    boolean tellNews(Tidings tidings);

    /** How far time may be moved at once while nothing is due: whoever does things of its own needs small steps. */
    Duration longestStep();

    /** Moves its time. */
    void advance(Duration step);

    /** What it accepted, oldest first. */
    List<Sent> sent(Tidings tidings);

    @Override
    void close();
}
