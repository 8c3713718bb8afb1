package io.tidings;

import io.tidings.budget.BudgetListener;
import io.tidings.budget.Budgets;
import io.tidings.consent.ConsentPolicy;
import io.tidings.consent.OptOutGate;
import io.tidings.gate.BacklogGate;
import io.tidings.gate.CheckRule;
import io.tidings.gate.ContentFlags;
import io.tidings.gate.ContentListener;
import io.tidings.gate.DestinationGate;
import io.tidings.gate.ExpiryGate;
import io.tidings.gate.FrequencyCap;
import io.tidings.gate.Gate;
import io.tidings.gate.Gates;
import io.tidings.gate.QuietHours;
import io.tidings.gate.RecipientZones;
import io.tidings.gate.RepeatGate;
import io.tidings.gate.SessionWindowGate;
import io.tidings.gate.ValidNumberGate;
import io.tidings.message.InboundMessage;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Person;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.outbox.Stores;
import io.tidings.price.PriceBook;
import io.tidings.pumping.PumpingLimits;
import io.tidings.tenant.Tenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a builder was told about gates. The order: lawful and cheap ones first, what counts next, what delays last. */
final class GateSettings {
    private static final Duration BROKEN_GATE_HOLDS = Duration.ofSeconds(30);

    Set<String> destinations = Set.of();
    boolean invalidNumbers;
    Duration repeatWindow = Duration.ofHours(24);
    BacklogGate backlog = new BacklogGate(1_000_000, 5_000_000);
    QuietHours quietHours = QuietHours.defaults();
    RecipientZones zones = RecipientZones.unknown();
    List<FrequencyCap> caps = List.of();
    Budgets budgets = Budgets.none();
    ContentFlags flags = ContentFlags.none();
    ContentListener flagged = ContentListener.none();
    PumpingLimits pumping = PumpingLimits.defaults();

    @Nullable
    CheckRule check;

    Optional<Gate> environment = Optional.empty();

    final List<Gate> hosts = new ArrayList<>();

    /**
     * What gates decide by.
     *
     * @param stores their facts
     * @param prices what messages cost, or {@code null} if nobody said
     * @param consent the rules of the consent ledger
     * @param people whom a number belongs to
     * @param tenants what tenants set for themselves, or {@code null} if they may not
     * @param spending told, in the transaction, of budgets that reach a threshold
     */
    record Sources(
            Stores stores,
            @Nullable PriceBook prices,
            ConsentPolicy consent,
            BiFunction<TenantId, PhoneNumber, Person> people,
            @Nullable Tenants tenants,
            BudgetListener spending) {}

    Gates gates(String home, boolean live, Sources sources) {
        List<Gate> all = new ArrayList<>(environment.stream().toList());
        if (sources.tenants() != null) {
            all.add(sources.tenants().gate());
        }
        all.addAll(List.of(
                new ExpiryGate(),
                new OptOutGate(sources.consent()),
                new DestinationGate(destinations.isEmpty() ? Set.of(home) : destinations),
                new RepeatGate(repeatWindow),
                new SessionWindowGate(),
                backlog));
        if (live && !invalidNumbers) {
            all.add(new ValidNumberGate());
        }
        if (!flags.isEmpty()) {
            all.add(flags.gate(flagged));
        }
        if (!caps.isEmpty()) {
            all.add(FrequencyCap.gate("frequency", caps));
        }
        all.addAll(pumping.gates(sources.stores().pumping()));
        if (!budgets.limits().isEmpty() || sources.tenants() != null) {
            all.add(budget(sources));
        }
        all.addAll(hosts);
        Tenants tenants = sources.tenants();
        if (tenants != null) {
            all.add(quietHours.gate(zones, tenants::hours));
        } else if (!quietHours.isEmpty()) {
            all.add(quietHours.gate(zones));
        }
        Gates gates = new Gates(all, BROKEN_GATE_HOLDS, sources.people());
        return check == null ? gates : gates.with(check);
    }

    /** What a node decides by, for the audit trail. */
    Map<String, String> summary() {
        return Map.of(
                "destinations", String.join(",", new TreeSet<>(destinations)),
                "allowInvalidNumbers", Boolean.toString(invalidNumbers),
                "repeatWindow", repeatWindow.toString(),
                "quietHours", quietHours.toString(),
                "frequencyCaps", caps.toString(),
                "budgets", budgets.toString(),
                "pumping", pumping.toString(),
                "contentFlags", Boolean.toString(!flags.isEmpty()),
                "hostCheck", Boolean.toString(check != null),
                "hostGates", hosts.stream().map(Gate::name).collect(Collectors.joining(",")));
    }

    /** Looks for flags in what people write too; there they only tell. */
    Consumer<InboundMessage> watching(Consumer<InboundMessage> watcher) {
        return flags.isEmpty()
                ? watcher
                : message -> {
                    try {
                        tell(message, flags.find(message.text()));
                    } finally {
                        watcher.accept(message);
                    }
                };
    }

    private void tell(InboundMessage message, Set<String> found) {
        if (!found.isEmpty()) {
            flagged.flagged(new ContentListener.Finding(message.id(), message.tenant(), found, false));
        }
    }

    private Gate budget(Sources sources) {
        Stores stores = sources.stores();
        PriceBook prices = sources.prices();
        Tenants tenants = sources.tenants();
        if (prices == null && budgets.needPrices()) {
            throw new NotConfiguredException(
                    "a budget in money needs to know what messages cost; call prices(...), or cap"
                            + " segments or messages instead");
        }
        PriceBook known = prices == null ? PriceBook.unknown() : prices;
        return budgets.gate(
                stores.budgets(),
                known,
                stores.transactions(),
                tenants == null ? tenant -> List.of() : tenants::caps,
                sources.spending());
    }
}
