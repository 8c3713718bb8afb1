package io.tidings.spring.rest;

import io.tidings.audit.Actor;
import io.tidings.egress.Network;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key as a caller asks for it. Nobody grants more than it may do: tenant, scopes, kind, guests, addresses, rate and end are
 * the caller's own or less. Tenant, kind, addresses, rate and end that are not said are the caller's own.
 *
 * @param access what it shall open
 * @param limits from where and how often
 * @param expires when it shall end, or {@code null} for never
 */
record WantedKey(Access access, KeyLimits limits, @Nullable Instant expires) {

    static WantedKey read(Call call, String id, Fields body) {
        Caller maker = call.caller();
        return new WantedKey(access(maker.access(), id, body), limits(maker, body), end(maker.expires(), body));
    }

    private static Access access(Access mine, String id, Fields body) {
        Set<Scope> scopes = body.list("scopes").stream()
                .map(text -> Fields.oneOf(Scope.class, "scopes", text))
                .collect(Collectors.toSet());
        if (scopes.isEmpty()) {
            throw Problem.invalid("The field scopes names one scope at least.");
        }
        Access.Kind kind = body.text("kind")
                .map(text -> Fields.oneOf(Access.Kind.class, "kind", text.replace('-', '_')))
                .orElse(mine.kind());
        Set<PhoneNumber> guests = body.list("guests").stream().map(Call::number).collect(Collectors.toSet());
        boolean wider = mine.kind() == Access.Kind.GUEST_LIST
                && (kind == Access.Kind.LIVE || !mine.guests().containsAll(guests));
        if (wider || !mine.scopes().containsAll(scopes)) {
            throw tooMuch("no scope and no reach");
        }
        return new Access(new Actor(Actor.Kind.API_KEY, id), tenant(mine, body), scopes, kind, guests);
    }

    private static @Nullable TenantId tenant(Access mine, Fields body) {
        TenantId tenant = body.text("tenant").map(TenantId::new).orElse(mine.tenant());
        if (mine.tenant() != null && !mine.tenant().equals(tenant)) {
            throw Problem.notFound();
        }
        return tenant;
    }

    private static KeyLimits limits(Caller maker, Fields body) {
        KeyLimits mine = maker.limits();
        List<String> asked = body.list("addresses");
        Integer rate = body.number("requestsPerMinute").orElse(mine.requestsPerMinute());
        KeyLimits wanted = new KeyLimits(asked.isEmpty() ? mine.addresses() : asked, rate);
        List<Network> open = mine.networks();
        boolean within = open.isEmpty()
                || wanted.networks().stream().allMatch(network -> open.stream().anyMatch(each -> each.covers(network)));
        if (!within) {
            throw tooMuch("no address");
        }
        if (rate != null && rate > maker.mostPerMinute()) {
            throw tooMuch("no rate");
        }
        return wanted;
    }

    private static @Nullable Instant end(@Nullable Instant mine, Fields body) {
        Instant asked = body.instant("expires").orElse(mine);
        if (mine != null && asked != null && asked.isAfter(mine)) {
            throw tooMuch("no time after your own end");
        }
        return asked;
    }

    private static Problem tooMuch(String what) {
        return new Problem(403, "more-than-you-may", "A key can be given " + what + " that you do not have.");
    }
}
