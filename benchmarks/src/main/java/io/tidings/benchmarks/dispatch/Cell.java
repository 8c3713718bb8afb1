package io.tidings.benchmarks.dispatch;

import io.tidings.benchmarks.Samples;
import io.tidings.benchmarks.stub.Stub;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One contestant with one window and one delay, and all its rounds. */
final class Cell {
    static final String HEAD =
            "contestant    window  delay   sends/s    least     most  of limit  CPU-s/10k  with JIT  KB/send  peak MB  posts/attempt";

    private final Contestant contestant;
    private final int window;
    private final int delayMillis;
    private final List<Figures> rounds = new ArrayList<>();

    Cell(Contestant contestant, int window, int delayMillis) {
        this.contestant = contestant;
        this.window = window;
        this.delayMillis = delayMillis;
    }

    boolean is(Class<? extends Contestant> type, int ofWindow, int ofDelay) {
        return type.isInstance(contestant) && window == ofWindow && delayMillis == ofDelay;
    }

    Contestant contestant() {
        return contestant;
    }

    boolean isOurs() {
        return contestant instanceof Ours;
    }

    /** One round: some sends to get going, then as many as are measured. */
    void run(Stub stub, Plan plan) throws Exception {
        int measured = delayMillis == 0 ? plan.sends() : window * plan.waves();
        rounds.add(new Round(stub, contestant, window, delayMillis).run(window * plan.warmWaves(), measured));
    }

    List<Figures> rounds() {
        return List.copyOf(rounds);
    }

    double median(ToDoubleFunction<Figures> figure) {
        return samples(figure).median();
    }

    /** Sends per second as a share of what the window allows at this delay, whatever the machine. */
    double ofLimit() {
        return median(Figures::perSecond) / limit();
    }

    private double limit() {
        return window * 1000.0 / delayMillis;
    }

    private Samples samples(ToDoubleFunction<Figures> figure) {
        return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private double sum(ToDoubleFunction<Figures> figure) {
        return rounds.stream().mapToDouble(figure).sum();
    }

    String row() {
        Samples rate = samples(Figures::perSecond);
        return String.format(
                Locale.ROOT,
                "%-12s %7d %3d ms %9.0f %8.0f %8.0f  %8s %10.2f %9.2f %8.1f %8.0f  %13s",
                contestant.name(),
                window,
                delayMillis,
                rate.median(),
                rate.quantile(0),
                rate.quantile(1),
                delayMillis == 0 ? "" : String.format(Locale.ROOT, "%.3f", ofLimit()),
                median(Figures::cpuPer10k),
                median(Figures::cpuWithJitPer10k),
                median(Figures::kbPerSend),
                median(Figures::peakHeapMb),
                String.format(Locale.ROOT, "%.6f", sum(Figures::posts) / sum(Figures::attempts)));
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("contestant", contestant.name());
        facts.put("window", window);
        facts.put("delayMillis", delayMillis);
        facts.put("rounds", rounds());
        return facts;
    }
}
