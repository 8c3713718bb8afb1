package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who was recognised may do.
 *
 * @param actor who it is, as the audit trail records it
 * @param tenant the one tenant, or {@code null} for all, chosen by the header {@code X-Tidings-Tenant}
 * @param scopes what may be done
 * @param kind whom messages may reach
 * @param guests the numbers that a {@link Kind#GUEST_LIST} may reach
 */
public record Access(Actor actor, @Nullable TenantId tenant, Set<Scope> scopes, Kind kind, Set<PhoneNumber> guests) {

    /** Copies the sets. */
    public Access {
        scopes = Set.copyOf(scopes);
        guests = Set.copyOf(guests);
    }

    /** Of this tenant, with these scopes, to everybody. */
    public static Access of(Actor actor, TenantId tenant, Set<Scope> scopes) {
        return new Access(actor, tenant, scopes, Kind.LIVE, Set.of());
    }

    /** Of all tenants, with all scopes, to everybody. */
    static Access whole(Actor actor) {
        return new Access(actor, null, EnumSet.allOf(Scope.class), Kind.LIVE, Set.of());
    }

    /** Whom messages may reach. */
    public enum Kind {
        /** Everybody. */
        LIVE,
        /** Listed numbers only. */
        GUEST_LIST,
        /** Nobody: sending checks everything and stores nothing, and nothing else can be changed. */
        TEST
    }

    /** Without the guests' numbers. */
    @Override
    public String toString() {
        return "Access[" + actor + ", tenant " + tenant + ", " + scopes + ", " + kind + "]";
    }
}
