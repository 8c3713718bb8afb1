package io.tidings.audit;

import io.tidings.account.TidingsSecret;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies exported chains without a database. Give it the exports in order, archives first, and the checkpoints that
 * were kept elsewhere: without a checkpoint a chain that lost its end looks sound.
 *
 * <p>Immutable and safe for use by many threads. Its findings name numbers and kinds, never content.
 */
public final class AuditVerifier {
    private static final int LONGEST_LINE = 1 << 20;

    private final TidingsSecret secret;
    private final @Nullable PublicKey key;
    private final List<Checkpoint> checkpoints;

    private AuditVerifier(TidingsSecret secret, @Nullable PublicKey key, List<Checkpoint> checkpoints) {
        this.secret = secret;
        this.key = key;
        this.checkpoints = List.copyOf(checkpoints);
    }

    /** Verifies with the secret that sealed, and the older ones that sealed before a rotation. */
    public static AuditVerifier with(TidingsSecret secret) {
        return new AuditVerifier(secret, null, List.of());
    }

    /** The same with the public key of Ed25519 checkpoints. */
    public AuditVerifier withPublicKey(PublicKey publicKey) {
        return new AuditVerifier(secret, publicKey, checkpoints);
    }

    /** The same, also holding the chain to these checkpoints. */
    public AuditVerifier withCheckpoints(List<Checkpoint> kept) {
        return new AuditVerifier(secret, key, kept);
    }

    Verification begin(String chain) {
        return new Verification(chain, secret, checkpoints, key);
    }

    /** Verifies export files that follow each other. */
    public AuditVerdict verify(List<Path> files) throws IOException {
        Verification[] running = new Verification[1];
        for (Path file : files) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                read(in, running);
            }
        }
        return finish(running[0]);
    }

    /** Verifies one export. */
    public AuditVerdict verify(InputStream export) throws IOException {
        Verification[] running = new Verification[1];
        read(export, running);
        return finish(running[0]);
    }

    private AuditVerdict finish(@Nullable Verification running) {
        if (running == null) {
            return new AuditVerdict(0, new AuditVerdict.Broken(1, AuditVerdict.Kind.TRUNCATED, "there is no export"));
        }
        return running.finish();
    }

    private void read(InputStream in, Verification[] running) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean first = true;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b != '\n' && line.size() < LONGEST_LINE) {
                line.write(b);
                continue;
            }
            take(line.toByteArray(), first, running);
            line.reset();
            first = false;
        }
        if (line.size() > 0 || first) {
            take(new byte[0], first, running);
        }
    }

    private void take(byte[] bytes, boolean first, Verification[] running) {
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (first) {
                AuditJson.Header header = AuditJson.header(line);
                running[0] = running[0] == null ? begin(header.chain()) : running[0];
                running[0].follows(header);
            } else {
                running[0].accept(AuditJson.link(line));
            }
        } catch (CharacterCodingException | RuntimeException e) {
            // Whatever a forged line does to its readers, it is a line that was changed.
            running[0] = running[0] == null ? begin("") : running[0];
            running[0].unreadable();
        }
    }
}
