package io.tidings.spring.rest;

import io.tidings.Tidings;
import io.tidings.message.OutboundMessage;
import io.tidings.message.StoreUnavailableException;
import io.tidings.outbox.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file of messages, read as it comes and stored five hundred at a time, each time in a transaction of its own. A wrong row
 * is told with its line and stops nothing. A dry run gives the same report and stores nothing.
 */
final class BulkEndpoint {
    private static final int AT_ONCE = 500;

    private final Supplier<Tidings> tidings;

    BulkEndpoint(Supplier<Tidings> tidings) {
        this.tidings = tidings;
    }

    List<Endpoint> all() {
        return List.of(new Endpoint("POST", "/bulk", Scope.SEND, Endpoint.Input.FILE, this::send));
    }

    private record Ready(long line, OutboundMessage message) {}

    private Answer send(Call call) {
        boolean dryRun = call.flag("dryRun") || call.access().kind() == Access.Kind.TEST;
        BulkReport report = new BulkReport(dryRun);
        List<Ready> waiting = new ArrayList<>();
        try (BulkRow.Source rows = rows(call)) {
            for (BulkRow row = rows.next(); row != null; row = rows.next()) {
                Ready ready = ready(call, row, report);
                if (ready != null) {
                    waiting.add(ready);
                }
                if (waiting.size() == AT_ONCE) {
                    store(waiting, report, dryRun);
                }
            }
            store(waiting, report, dryRun);
        } catch (IOException | UncheckedIOException e) {
            throw Problem.invalid("The upload ended in the middle; send it again with the same Idempotency-Key.");
        }
        return Answer.ok(report.view());
    }

    private static BulkRow.Source rows(Call call) {
        Upload upload = call.upload();
        String template = call.asked("template").orElse(null);
        return switch (upload.type()) {
            case "text/csv" -> new CsvRows(upload.bytes(), template);
            case "application/x-ndjson", "application/jsonl" -> new JsonLines(upload.bytes());
            default -> throw new Problem(415, "not-a-list", "Send text/csv or application/x-ndjson.");
        };
    }

    private static @Nullable Ready ready(Call call, BulkRow row, BulkReport report) {
        try {
            Fields fields = row.fields();
            if (fields == null) {
                report.add(
                        row.line(),
                        row.problem() == null ? Problem.invalid("The line cannot be read.") : row.problem());
                return null;
            }
            String key = fields.text("key").orElse(call.key().isEmpty() ? "" : call.key() + ":" + row.line());
            return new Ready(row.line(), MessageEndpoints.message(call, fields, key));
        } catch (RuntimeException e) {
            report.add(row.line(), Problem.of(e));
            return null;
        }
    }

    private void store(List<Ready> rows, BulkReport report, boolean dryRun) {
        if (!rows.isEmpty()) {
            if (dryRun || !storedAtOnce(rows, report)) {
                rows.forEach(row -> one(row, report, dryRun));
            }
            rows.clear();
        }
    }

    /** One of them may be wrong in a way that only the store finds, and then none is stored. */
    private boolean storedAtOnce(List<Ready> rows, BulkReport report) {
        try {
            List<Receipt> receipts =
                    tidings.get().sendAll(rows.stream().map(Ready::message).toList());
            receipts.forEach(report::add);
            return true;
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void one(Ready row, BulkReport report, boolean dryRun) {
        try {
            report.add(
                    dryRun
                            ? tidings.get().preview(row.message()).receipt()
                            : tidings.get().send(row.message()));
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            report.add(row.line(), Problem.of(e));
        }
    }
}
