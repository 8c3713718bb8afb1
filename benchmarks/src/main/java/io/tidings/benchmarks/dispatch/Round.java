package io.tidings.benchmarks.dispatch;

import io.tidings.benchmarks.Meter;
import io.tidings.benchmarks.Meter.Reading;
import io.tidings.benchmarks.dispatch.Contestant.Load;
import io.tidings.benchmarks.dispatch.Contestant.Sent;
import io.tidings.benchmarks.stub.Stub;

/** One round of one contestant against a stub that nobody else uses meanwhile. */
record Round(Stub stub, Contestant contestant, int window, int delayMillis) {

    /**
     * Measures from one arrival at the stub to another. Both counts should be multiples of the window: sends with a delay
     * come in waves of that size.
     */
    Figures run(int warm, int measured) throws Exception {
        stub.reset(delayMillis);
        Meter.resetPeak();
        Load load = contestant.start(stub, window);
        long from = stub.await(warm);
        Reading before = Reading.now();
        long to = stub.await(warm + measured);
        Reading after = Reading.now();
        double peak = Meter.peakMegabytes();
        Sent sent = load.stop();
        long cpu = after.cpuNanos() - before.cpuNanos();
        long compilers = after.compilerNanos() - before.compilerNanos();
        return new Figures(
                measured * 1e6 / (to - from),
                (cpu - compilers) / 1e9 * 10_000 / measured,
                cpu / 1e9 * 10_000 / measured,
                (after.allocatedBytes() - before.allocatedBytes()) / 1e3 / measured,
                peak,
                stub.posts(),
                sent.attempts(),
                sent.failed());
    }
}
