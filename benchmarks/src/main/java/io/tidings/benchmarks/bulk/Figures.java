package io.tidings.benchmarks.bulk;

/**
 * One round of one contestant.
 *
 * @param perSecond messages per second, from the file to the last one's final state
 * @param cpuPer10k seconds of processor time of this JVM for 10,000 messages; the database's is not in it
 * @param posts requests that the stub counted
 */
record Figures(double perSecond, double cpuPer10k, int posts) {}
