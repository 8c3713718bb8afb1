package io.tidings.jdbc.torture;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.audit.AuditSettings;
import io.tidings.audit.AuditTrail;
import io.tidings.audit.AuditVerdict;
import io.tidings.audit.AuditVerifier;
import io.tidings.audit.Checkpoint;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Stores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The audit trail of one node over stored rows, and the checkpoints that were kept elsewhere. */
final class Trail {
    private static final TidingsSecret SECRET =
            TidingsSecret.of(new Secret("0123456789abcdef0123456789abcdef-a-test-not-a-secret"));
    private static final String PRIVATE = "private matter";

    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final AuditLog log;
    final AuditTrail audit;

    Trail(Stores stores, String environment) {
        AuditSettings settings =
                AuditSettings.defaults().withEnvironment(environment).withCheckpoints(checkpoints::add);
        log = new AuditLog(stores.transactions(), stores.audit(), settings, TimeSource.system());
        audit = new AuditTrail(stores.audit(), stores.chain(), log, settings, SECRET, TimeSource.system());
    }

    static PhoneNumber person(int which) {
        return new PhoneNumber("+1202555%04d".formatted(100 + which % 100));
    }

    /** Whether a row tells who an entry concerns, or why it was made. */
    static boolean names(String row) {
        return row.contains(PRIVATE) || row.contains("+1202555");
    }

    /** An entry with a value in every column. */
    void act(int which) {
        log.act(Action.MESSAGE_SENT)
                .tenant(TenantId.DEFAULT)
                .message(new MessageId(new UUID(0x7000, which)))
                .person(person(which))
                .reason(PRIVATE + " " + which)
                .detail("about", PRIVATE)
                .record();
    }

    /** What the rows say by themselves. */
    AuditVerdict stored() {
        return audit.verify();
    }

    /** What an export says, held to the checkpoints. */
    AuditVerdict exported() {
        StringBuilder out = new StringBuilder();
        try {
            audit.export(out);
            return AuditVerifier.with(SECRET)
                    .withCheckpoints(checkpoints)
                    .verify(new ByteArrayInputStream(out.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
