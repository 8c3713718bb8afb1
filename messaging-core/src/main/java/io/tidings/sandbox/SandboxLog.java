package io.tidings.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ground truth of a sandbox: append-only, every entry written before the answer it belongs to leaves.
 *
 * <p>Kept in memory and, if asked for, in a file with one JSON object a line, flushed to the system with each entry
 * (no fsync: it survives the death of the process, not of the machine). Numbers and texts are in it in clear, because
 * it is what tests compare with; never point a sandbox at data of real people. Safe for use by many threads; each
 * query sees the entries written before it began.
 */
public final class SandboxLog implements AutoCloseable {
    private final SandboxClock clock;
    private final @Nullable Writer file;
    private final LongAdder reads = new LongAdder();
    /** Guarded by this. */
    private final List<LogEntry> entries = new ArrayList<>();

    SandboxLog(SandboxClock clock, @Nullable Path path) {
        this.clock = clock;
        try {
            this.file = path == null
                    ? null
                    : Files.newBufferedWriter(
                            path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot write its log: name a file in a writable folder", e);
        }
    }

    /**
     * Reads the log file of another sandbox, for the queries of this class. A half line at the end, from a killed
     * process, is left out.
     */
    public static SandboxLog read(Path path) {
        SandboxLog log = new SandboxLog(SandboxClock.real(), null);
        try (Stream<String> lines = Files.lines(path, StandardCharsets.UTF_8)) {
            lines.flatMap(line -> LogJson.read(line).stream()).forEach(log.entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException("The log file cannot be read", e);
        }
        return log;
    }

    /** Returns all entries, oldest first. */
    public List<LogEntry> entries() {
        return entriesAfter(0);
    }

    /** Returns the entries whose position is greater than {@code seq}. */
    public synchronized List<LogEntry> entriesAfter(long seq) {
        return entries.stream().filter(entry -> entry.stamp().seq() > seq).toList();
    }

    /** Returns every POST and DELETE that arrived. */
    public List<LogEntry.Request> requests() {
        return only(LogEntry.Request.class);
    }

    /** Returns every {@code POST …/Messages} that arrived, whatever became of it. */
    public List<LogEntry.Request> creates() {
        return requests().stream().filter(each -> each.create() != null).toList();
    }

    /** Returns the creations that made a message. */
    public List<LogEntry.Request> accepted() {
        return requests().stream().filter(LogEntry.Request::accepted).toList();
    }

    /** Returns the accepted creations whose text contains this token. */
    public List<LogEntry.Request> acceptedContaining(String token) {
        return accepted().stream()
                .filter(each -> text(each.create()).contains(token))
                .toList();
    }

    /** Returns the accepted creations to this number. */
    public List<LogEntry.Request> acceptedTo(String number) {
        return accepted().stream()
                .filter(each ->
                        each.create() != null && number.equals(each.create().to()))
                .toList();
    }

    /** Returns how often each text was accepted. */
    public Map<String, Integer> acceptedByBody() {
        return accepted().stream()
                .collect(Collectors.toMap(each -> text(each.create()), each -> 1, Integer::sum, LinkedHashMap::new));
    }

    /** Returns the accepted creations whose answer did not tell so: cut, or another one. */
    public List<LogEntry.Request> acceptedUntold() {
        return accepted().stream()
                .filter(each -> each.answered() != LogEntry.Answered.WHOLE && each.answered() != LogEntry.Answered.LATE)
                .toList();
    }

    /** Returns the requests that this mishap struck. */
    public List<LogEntry.Request> struck(Mishap mishap) {
        return requests().stream()
                .filter(each -> each.mishap().filter(mishap::equals).isPresent())
                .toList();
    }

    /** Returns the reads, webhooks and answers that a mishap struck, beside {@link #struck(Mishap) requests}. */
    public List<LogEntry.Struck> struck() {
        return only(LogEntry.Struck.class);
    }

    /** Returns the webhooks that were never sent: dropped, or lost in a restart. */
    public List<LogEntry.Struck> dropped() {
        return struck().stream()
                .filter(each -> switch (each.mishap()) {
                    case CALLBACK_DROPPED, INBOUND_DROPPED -> true;
                    case RESTART -> !each.what().startsWith("POST ");
                    default -> false;
                })
                .toList();
    }

    /** Returns the messages that left as answers to inbound ones. */
    public List<LogEntry.Replied> replies() {
        return only(LogEntry.Replied.class);
    }

    /** Returns the mistakes in the answers of inbound webhooks. */
    public List<LogEntry.Alert> alerts() {
        return only(LogEntry.Alert.class);
    }

    /** Returns how often each mishap struck. */
    public Map<Mishap, Integer> mishaps() {
        Map<Mishap, Integer> counts = new EnumMap<>(Mishap.class);
        requests().forEach(each -> each.mishap().ifPresent(mishap -> counts.merge(mishap, 1, Integer::sum)));
        struck().forEach(each -> counts.merge(each.mishap(), 1, Integer::sum));
        return counts;
    }

    /** Returns how many GET requests arrived; they are counted, not kept. */
    public long reads() {
        return reads.sum();
    }

    /** Returns the last status of each message that has one, by SID. */
    public Map<String, LogEntry.FinalStatus> finalStatuses() {
        return only(LogEntry.FinalStatus.class).stream()
                .collect(Collectors.toMap(
                        LogEntry.FinalStatus::sid, Function.identity(), (first, last) -> last, LinkedHashMap::new));
    }

    /** Returns every webhook request that was tried, each try by itself. */
    public List<LogEntry.Callback> callbacks() {
        return only(LogEntry.Callback.class);
    }

    /** Returns the callbacks of one message. */
    public List<LogEntry.Callback> callbacks(String sid) {
        return callbacks().stream().filter(each -> each.sid().equals(sid)).toList();
    }

    /**
     * Returns the most segments that were accepted within any window of this length, for one sender (a number, code,
     * name, or the SID of a service for sends without From).
     */
    public int densest(String sender, Duration window) {
        List<LogEntry.Request> mine = accepted().stream()
                .filter(each -> each.create() != null && each.create().sender().equals(sender))
                .toList();
        int inside = 0;
        int most = 0;
        int first = 0;
        for (LogEntry.Request last : mine) {
            inside += segments(last);
            while (last.stamp().nanos() - mine.get(first).stamp().nanos() >= window.toNanos()) {
                inside -= segments(mine.get(first++));
            }
            most = Math.max(most, inside);
        }
        return most;
    }

    /** Closes the file. The entries stay readable. */
    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The log file cannot be closed", e);
            }
        }
    }

    void read() {
        reads.increment();
    }

    synchronized void write(Function<LogEntry.Stamp, LogEntry> entry) {
        LogEntry written = entry.apply(new LogEntry.Stamp(
                entries.size() + 1L, clock.nanos(), clock.instant().toEpochMilli()));
        entries.add(written);
        if (file != null) {
            try {
                file.write(LogJson.line(written));
                file.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("The sandbox cannot write its log", e);
            }
        }
    }

    private synchronized <T extends LogEntry> List<T> only(Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static int segments(LogEntry.Request request) {
        return request.create() == null ? 0 : request.create().segments();
    }

    private static String text(LogEntry.@Nullable Create create) {
        return create == null || create.body() == null ? "" : create.body();
    }
}
