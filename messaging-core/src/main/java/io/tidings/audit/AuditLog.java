package io.tidings.audit;

import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.message.UnitOfWork;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries: fills in who acts, when and where, and draws salts. Safe for use by many threads.
 *
 * <p>Run the act and {@link Draft#record} inside one {@link UnitOfWork#run}: both stay or neither does.
 */
public final class AuditLog {
    private final UnitOfWork transactions;
    private final AuditStore store;
    private final ActorSource actors;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    private final AuditEntry.Place place;

    /** Writes into this store, which belongs to these transactions. */
    public AuditLog(UnitOfWork transactions, AuditStore store, AuditSettings settings, InstantSource time) {
        this.transactions = transactions;
        this.store = store;
        this.actors = settings.actors();
        this.time = time;
        this.place = new AuditEntry.Place(random(4), settings.environment());
    }

    /** The transactions that entries join. */
    public UnitOfWork transactions() {
        return transactions;
    }

    /** Begins to describe an act of whoever acts now. */
    public Draft act(Action action) {
        return new Draft(action, actors.current());
    }

    /** Begins to describe an act of this actor. */
    public Draft act(Action action, Actor actor) {
        return new Draft(action, actor);
    }

    private String random(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /** An act that is being described. For one thread. */
    public final class Draft {
        private final Action action;
        private final Actor actor;
        private final Map<String, String> details = new TreeMap<>();
        private @Nullable TenantId tenant;
        private @Nullable MessageId message;
        private @Nullable PhoneNumber person;
        private @Nullable String reason;

        private Draft(Action action, Actor actor) {
            this.action = action;
            this.actor = actor;
        }

        /** Whose matter it is; default: the whole system's. */
        public Draft tenant(TenantId whose) {
            this.tenant = whose;
            return this;
        }

        /** The message it is about. */
        public Draft message(MessageId which) {
            this.message = which;
            return this;
        }

        /** The person it concerns; can be erased. Needs a tenant to be found again. */
        public Draft person(PhoneNumber whom) {
            this.person = whom;
            return this;
        }

        /** Why; can be erased. */
        public Draft reason(@Nullable String why) {
            this.reason = why;
            return this;
        }

        /** One more detail; can be erased. */
        public Draft detail(String name, String value) {
            details.put(name, value);
            return this;
        }

        /** The entry, for a store that writes it together with the act. */
        public AuditEntry entry() {
            ByteBuffer drawn = ByteBuffer.wrap(new byte[2 * Long.BYTES + Canonical.HASH_BYTES]);
            random.nextBytes(drawn.array());
            UUID id = new UUID(drawn.getLong(), drawn.getLong());
            String salt = HexFormat.of().formatHex(drawn.array(), drawn.position(), drawn.limit());
            AuditData data = new AuditData(salt, person, reason, details);
            return new AuditEntry(id, time.instant(), tenant, actor, action, message, place, data.commitment(), data);
        }

        /** Writes the entry in the current transaction. */
        public void record() {
            store.append(List.of(entry()));
        }
    }
}
