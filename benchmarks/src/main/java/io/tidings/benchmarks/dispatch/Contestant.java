package io.tidings.benchmarks.dispatch;

import io.tidings.benchmarks.stub.Stub;

/** Somebody who sends texts to the stub, as many at a time as the window says. */
interface Contestant {

    /** The name in the table. */
    String name();

    /** Starts to send without a pause, until the load is stopped. */
    Load start(Stub stub, int window) throws Exception;

    /** A contestant at work. */
    interface Load {
        /** Sends nothing new, waits for what is under way, and lets everything go. */
        Sent stop() throws Exception;
    }

    /**
     * What it did in all.
     *
     * @param attempts requests that it knows it made
     * @param failed those without a message SID in the answer
     */
    record Sent(long attempts, long failed) {}
}
