package io.tidings.torture;

import io.tidings.sandbox.LogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Segments on a time line, and how many of them lie within any span. */
final class Window {
    private final List<Point> points;

    /** Segments at a time, in nanoseconds. */
    record Point(long at, int segments) {}

    Window(List<Point> points) {
        this.points = new ArrayList<>(points);
        this.points.sort(Comparator.comparingLong(Point::at));
    }

    /** What one sender's accepted creations carried, by the sandbox's clock. */
    static Window accepted(List<LogEntry.Request> requests, String sender) {
        return new Window(requests.stream()
                .filter(each -> each.create() != null && each.create().sender().equals(sender))
                .map(each -> new Point(each.stamp().nanos(), each.create().segments()))
                .toList());
    }

    /** The most segments in any window of this length that begins at or after a time. */
    int densest(Duration length, long from) {
        int inside = 0;
        int most = 0;
        int first = 0;
        for (Point last : points) {
            if (last.at() < from) {
                first++;
                continue;
            }
            inside += last.segments();
            while (last.at() - points.get(first).at() >= length.toNanos()) {
                inside -= points.get(first++).segments();
            }
            most = Math.max(most, inside);
        }
        return most;
    }

    /** Segments from one time to another, the end excluded. */
    int between(long from, long until) {
        return points.stream()
                .filter(point -> point.at() >= from && point.at() < until)
                .mapToInt(Point::segments)
                .sum();
    }

    int largest() {
        return points.stream().mapToInt(Point::segments).max().orElse(0);
    }
}
