package io.tidings.spring.observe;

import io.tidings.AccountView;
import io.tidings.Tidings;
import io.tidings.endpoint.EndpointView;
import io.tidings.endpoint.Endpoints;
import io.tidings.message.TenantId;
import io.tidings.provider.ProviderHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** What waits on this node's store, and the switch by which an operator lets nothing leave this node. */
@Endpoint(id = "tidings")
final class TidingsEndpoint {
    private final Pulse pulse;

    TidingsEndpoint(Pulse pulse) {
        this.pulse = pulse;
    }

    /** What to do with the sending of this node. */
    enum Switch {
        /** Nothing leaves. */
        PAUSE,
        /** Messages leave again. */
        RESUME
    }

    /** What to do with an endpoint of outgoing webhooks. */
    enum Turn {
        /** Nothing is delivered to it. */
        DISABLE,
        /** It is delivered to again. */
        ENABLE,
        /** What was set aside is delivered once more. */
        RETRY
    }

    @ReadOperation
    Report report() {
        Tidings tidings = pulse.tidings();
        Optional<Reading> reading = pulse.latest();
        Map<String, Long> messages = new TreeMap<>();
        reading.ifPresent(read -> read.messages().forEach((status, count) -> messages.put(status.name(), count)));
        return new Report(
                messages,
                reading.map(read -> read.lag().toString()).orElse(null),
                pulse.age().toString(),
                pulse.isSending(),
                tidings.standstill().orElse(null),
                endpoints(),
                tidings.accounts().stream().map(AccountState::of).toList());
    }

    /** The names of the tenants, by which people know an account. */
    static String name(AccountView view) {
        return view.tenants().isEmpty()
                ? view.masked()
                : view.tenants().stream().map(TenantId::value).sorted().collect(Collectors.joining(", "));
    }

    private List<Outgoing> endpoints() {
        return pulse.hasEndpoints()
                ? pulse.tidings().endpoints().all().stream().map(Outgoing::of).toList()
                : List.of();
    }

    /** The reason is kept in the audit trail. */
    @WriteOperation
    Report turn(@Selector Turn turn, @Selector String endpoint, String reason) {
        Endpoints all = pulse.tidings().endpoints();
        switch (turn) {
            case DISABLE -> all.disable(endpoint, reason);
            case ENABLE -> all.enable(endpoint, reason);
            case RETRY -> all.retryAll(endpoint);
        }
        return report();
    }

    /** The reason is kept in the audit trail. */
    @WriteOperation
    Report turn(@Selector Switch turn, String reason) {
        if (turn == Switch.PAUSE) {
            pulse.tidings().pause(reason);
        } else {
            pulse.tidings().resume(reason);
        }
        return report();
    }

    /**
     * What the endpoint answers.
     *
     * @param messages how many messages have each status
     * @param lag how long the message has been due that waits longest, in ISO form
     * @param age how old these figures are, in ISO form; {@code tidings.watch.interval} says how old they get
     * @param sending whether messages may leave this node: its worker runs and does not stand still
     * @param standstill why nothing leaves at the moment
     * @param endpoints outgoing webhooks
     * @param accounts accounts at the provider, the house's first
     */
    record Report(
            Map<String, Long> messages,
            @Nullable String lag,
            String age,
            boolean sending,
            @Nullable String standstill,
            List<Outgoing> endpoints,
            List<AccountState> accounts)
            implements OperationResponseBody {}

    /**
     * An account at the provider.
     *
     * @param name whose it is; {@code default} for the house's
     * @param account what people may see of what the provider calls it
     * @param state what the newest check found
     * @param age how long ago that was, in ISO form
     * @param standstill why nothing leaves through it
     */
    record AccountState(
            String name,
            String account,
            @Nullable String state,
            @Nullable String age,
            @Nullable String standstill) {

        static AccountState of(AccountView view) {
            ProviderHealth.Reading found = view.health();
            return new AccountState(
                    TidingsEndpoint.name(view),
                    view.masked(),
                    found == null ? null : found.check().state().name(),
                    found == null ? null : found.age().toString(),
                    view.standstill());
        }
    }

    /**
     * An endpoint of outgoing webhooks.
     *
     * @param name its name
     * @param waiting how many deliveries wait
     * @param setAside how many were given up
     * @param failingFor how long every delivery to it has failed, in ISO form
     * @param disabled why nothing is delivered to it
     */
    record Outgoing(
            String name,
            long waiting,
            long setAside,
            @Nullable String failingFor,
            @Nullable String disabled) {

        static Outgoing of(EndpointView view) {
            Duration failing = view.state().failingFor();
            return new Outgoing(
                    view.name(),
                    view.deliveries().waiting(),
                    view.deliveries().setAside(),
                    failing == null ? null : failing.toString(),
                    view.state().disabled());
        }
    }
}
