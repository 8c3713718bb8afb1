package io.tidings.benchmarks.outbox;

/**
 * One round of one contestant.
 *
 * @param enqueuePerSecond jobs stored per second, while no worker is at work
 * @param drainPerSecond jobs worked off per second, from the first one's work to the last one's commit
 * @param donePerSecond jobs per second over both times together
 * @param cpuPer10k seconds of processor time of this JVM for 10,000 jobs; the server's is not in it
 */
record Figures(double enqueuePerSecond, double drainPerSecond, double donePerSecond, double cpuPer10k) {}
