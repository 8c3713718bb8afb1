package io.tidings.benchmarks.stub;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs things after a delay that is the same for all, so that they fall due in the order they came. The server's own timer
 * counts in whole milliseconds and rounds up: of 50 ms that would be up to two percent.
 */
final class DelayLine {
    private final BlockingQueue<Due> line = new LinkedBlockingQueue<>();

    private record Due(long nanos, Runnable action) {}

    DelayLine() {
        Thread thread = new Thread(this::run, "delay-line");
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs the action at that time of {@link System#nanoTime}, not before those given earlier. */
    void at(long nanos, Runnable action) {
        line.add(new Due(nanos, action));
    }

    private void run() {
        try {
            while (true) {
                Due next = line.take();
                for (long left = next.nanos() - System.nanoTime(); left > 0; left = next.nanos() - System.nanoTime()) {
                    LockSupport.parkNanos(this, left);
                }
                next.action().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
