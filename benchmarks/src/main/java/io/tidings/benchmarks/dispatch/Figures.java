package io.tidings.benchmarks.dispatch;

/**
 * One round of one contestant.
 *
 * @param perSecond sends per second, by the stub's clock
 * @param cpuPer10k seconds of processor time of the client's JVM for 10,000 sends, without its compilers
 * @param cpuWithJitPer10k the same with them
 * @param kbPerSend kilobytes allocated per send by the threads that lived through the measurement
 * @param peakHeapMb the highest use of the heap, garbage included
 * @param posts requests that the stub counted, in all
 * @param attempts requests that the contestant knows it made, in all
 * @param failed requests without a good answer
 */
record Figures(
        double perSecond,
        double cpuPer10k,
        double cpuWithJitPer10k,
        double kbPerSend,
        double peakHeapMb,
        long posts,
        long attempts,
        long failed) {}
