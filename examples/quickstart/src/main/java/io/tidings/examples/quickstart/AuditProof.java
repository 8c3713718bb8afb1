package io.tidings.examples.quickstart;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditSettings;
import io.tidings.audit.AuditTrail;
import io.tidings.audit.AuditVerdict;
import io.tidings.audit.AuditVerifier;
import io.tidings.audit.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps checkpoints where the audit trail cannot reach them, and verifies its export against them: what an auditor does
 * with two files and the secret, here without leaving memory. Entries are mirrored to the log, without what is personal.
 */
final class AuditProof {
    private static final Logger log = LoggerFactory.getLogger("audit");

    private final TidingsSecret secret;
    private final List<Checkpoint> kept;
    private final Consumer<Checkpoint> keeper;

    /** For one process: with a secret of its own. */
    AuditProof() {
        this(TidingsSecret.random(), List.of(), checkpoint -> {});
    }

    /** Verifies with this secret and the checkpoints of before, and hands new ones on. */
    AuditProof(TidingsSecret secret, List<Checkpoint> before, Consumer<Checkpoint> keeper) {
        this.secret = secret;
        this.kept = new CopyOnWriteArrayList<>(before);
        this.keeper = keeper;
    }

    TidingsSecret secret() {
        return secret;
    }

    AuditSettings settings() {
        return AuditSettings.defaults()
                .withEnvironment("quickstart")
                .withCheckpoints(this::keep)
                .withMirror(AuditProof::mirror);
    }

    private void keep(Checkpoint checkpoint) {
        keeper.accept(checkpoint);
        kept.add(checkpoint);
    }

    private static void mirror(AuditEntry entry) {
        log.info(
                "{} {} by {} tenant={} message={} entry={}",
                entry.at(),
                entry.action(),
                entry.actor(),
                entry.tenant(),
                entry.message(),
                entry.id());
    }

    /** Takes a checkpoint, exports the trail, and verifies the export. */
    AuditVerdict verify(AuditTrail trail) {
        trail.checkpoint();
        return verify(export(trail));
    }

    static String export(AuditTrail trail) {
        StringBuilder lines = new StringBuilder();
        try {
            trail.export(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return lines.toString();
    }

    AuditVerdict verify(String export) {
        try {
            return AuditVerifier.with(secret)
                    .withCheckpoints(kept)
                    .verify(new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }
}
