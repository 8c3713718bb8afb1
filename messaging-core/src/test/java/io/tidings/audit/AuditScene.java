package io.tidings.audit;

import io.tidings.account.TidingsSecret;
import io.tidings.message.MemoryTransactions;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.test.SteppableTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A trail over memory, and what its sinks were handed. */
final class AuditScene {
    final SteppableTime time = new SteppableTime();
    final MemoryTransactions transactions = new MemoryTransactions();
    final MemoryAudit store = new MemoryAudit(transactions);
    final TidingsSecret secret = TidingsSecret.random();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    final List<AuditEntry> mirrored = new ArrayList<>();
    final AuditSettings settings;
    final AuditLog log;
    final AuditTrail trail;

    AuditScene() {
        this(AuditSettings.defaults());
    }

    AuditScene(AuditSettings base) {
        settings = base.withCheckpoints(checkpoints::add).withMirror(mirrored::add);
        log = new AuditLog(transactions, store, settings, time);
        trail = trail(secret);
    }

    AuditTrail trail(TidingsSecret with) {
        return new AuditTrail(store, store, log, settings, with, time);
    }

    static PhoneNumber person(int which) {
        return new PhoneNumber("+1202555%04d".formatted(which));
    }

    void act(int which) {
        log.act(Action.MESSAGE_SENT)
                .tenant(TenantId.DEFAULT)
                .person(person(which))
                .reason("order " + which)
                .detail("segments", "1")
                .record();
    }

    byte[] export() {
        StringBuilder out = new StringBuilder();
        try {
            trail.export(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    AuditVerdict verify(byte[] export) {
        try {
            return AuditVerifier.with(secret).withCheckpoints(checkpoints).verify(new ByteArrayInputStream(export));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
