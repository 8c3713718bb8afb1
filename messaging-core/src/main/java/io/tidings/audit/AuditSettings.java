package io.tidings.audit;

import java.security.KeyPair;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the audit trail works. Immutable.
 *
 * @param actors tells who acts; default: always {@code host}
 * @param environment the name of this installation in every entry; default {@code default}
 * @param checkpoints takes signed checkpoints; default: nobody
 * @param mirror takes a copy of every sealed entry; default: nobody
 * @param sealEvery how often new entries are sealed; default 5 s
 * @param checkpointEvery after which time a checkpoint is made, if anything is new; default 1 h. One is also made after
 *     1,000 records, when a segment closes and at stop
 * @param signing an Ed25519 key pair that signs checkpoints, so that others can verify them with the public key alone;
 *     default {@code null}: HMAC with a key of {@code tidings.secret}
 */
public record AuditSettings(
        ActorSource actors,
        String environment,
        CheckpointSink checkpoints,
        AuditMirror mirror,
        Duration sealEvery,
        Duration checkpointEvery,
        @Nullable KeyPair signing) {

    /** Checks the figures and the kind of key. */
    public AuditSettings {
        if (sealEvery.isNegative() || sealEvery.isZero() || checkpointEvery.isNegative() || checkpointEvery.isZero()) {
            throw new IllegalArgumentException("both intervals must be positive, got " + sealEvery + " for sealing and "
                    + checkpointEvery + " for checkpoints");
        }
        if (signing != null && !signing.getPrivate().getAlgorithm().matches("Ed25519|EdDSA")) {
            throw new IllegalArgumentException("checkpoints are signed with an Ed25519 key pair, got "
                    + signing.getPrivate().getAlgorithm());
        }
    }

    /** The defaults named above. */
    public static AuditSettings defaults() {
        return new AuditSettings(
                () -> Actor.HOST,
                "default",
                checkpoint -> {},
                entry -> {},
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                null);
    }

    /** The same, asking this source who acts. */
    public AuditSettings withActors(ActorSource source) {
        return new AuditSettings(source, environment, checkpoints, mirror, sealEvery, checkpointEvery, signing);
    }

    /** The same with another name of the installation. */
    public AuditSettings withEnvironment(String name) {
        return new AuditSettings(actors, name, checkpoints, mirror, sealEvery, checkpointEvery, signing);
    }

    /** The same, handing checkpoints to this sink. */
    public AuditSettings withCheckpoints(CheckpointSink sink) {
        return new AuditSettings(actors, environment, sink, mirror, sealEvery, checkpointEvery, signing);
    }

    /** The same, handing a copy of each sealed entry to this mirror. */
    public AuditSettings withMirror(AuditMirror copy) {
        return new AuditSettings(actors, environment, checkpoints, copy, sealEvery, checkpointEvery, signing);
    }

    /** The same with other intervals. */
    public AuditSettings withIntervals(Duration seal, Duration checkpoint) {
        return new AuditSettings(actors, environment, checkpoints, mirror, seal, checkpoint, signing);
    }

    /** The same, signing checkpoints with this Ed25519 key pair. */
    public AuditSettings withSigning(KeyPair pair) {
        return new AuditSettings(actors, environment, checkpoints, mirror, sealEvery, checkpointEvery, pair);
    }

    @Override
    public String toString() {
        return "AuditSettings[" + environment + ", sealed every " + sealEvery + ", checkpoint every " + checkpointEvery
                + ", " + (signing == null ? "HMAC" : "Ed25519") + "]";
    }
}
