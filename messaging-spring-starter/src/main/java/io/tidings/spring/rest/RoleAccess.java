package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.message.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** By the roles of a login, as any security of servlets tells them. */
final class RoleAccess implements RestAccess {

    @Override
    public Optional<Access> of(HttpServletRequest request) {
        Principal who = request.getUserPrincipal();
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (who != null) {
            for (Scope scope : Scope.values()) {
                if (request.isUserInRole("TIDINGS_" + scope.name())) {
                    scopes.add(scope);
                }
            }
        }
        return who == null || scopes.isEmpty()
                ? Optional.empty()
                : Optional.of(Access.of(Actor.user(name(who)), TenantId.DEFAULT, scopes));
    }

    /** The audit trail takes no numbers and nothing long. */
    private static String name(Principal who) {
        String name = who.getName();
        boolean fits = name.length() <= 100 && name.matches("[A-Za-z][A-Za-z0-9._@/-]*");
        return fits ? name : "login-" + Integer.toHexString(name.hashCode());
    }
}
