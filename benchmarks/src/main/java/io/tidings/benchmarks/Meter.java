package io.tidings.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.stream.Stream;

/** What this JVM has used. */
public final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Meter() {}

    /** Processor time, that of the compilers in it, and allocation, up to now. */
    public record Reading(long cpuNanos, long compilerNanos, long allocatedBytes) {
        public static Reading now() {
            long allocated = 0;
            for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
                allocated += Math.max(0, bytes);
            }
            return new Reading(SYSTEM.getProcessCpuTime(), Compilers.cpuNanos(), allocated);
        }
    }

    /** Starts to look for the highest use of the heap, from an empty one. */
    public static void resetPeak() {
        System.gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    public static double peakMegabytes() {
        return heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / 1e6;
    }

    private static Stream<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }
}
