package io.tidings.consent;

import io.tidings.message.MemoryTransactions;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The in-memory twin of the consent ledger. */
public final class MemoryConsent implements ConsentStore {
    private final MemoryTransactions transactions;
    /** Guarded by the transactions' lock. */
    private final Map<Person, List<ConsentEntry>> ledger = new HashMap<>();

    private record Person(TenantId tenant, PhoneNumber number) {}

    /** Joins these transactions. */
    public MemoryConsent(MemoryTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void append(ConsentEntry entry) {
        transactions.execute(() -> {
            List<ConsentEntry> entries =
                    ledger.computeIfAbsent(new Person(entry.tenant(), entry.number()), key -> new ArrayList<>());
            entries.add(entry);
            transactions.onRollback(() -> entries.remove(entries.size() - 1));
        });
    }

    @Override
    public List<ConsentEntry> entries(TenantId tenant, PhoneNumber number) {
        return transactions.run(() -> List.copyOf(ledger.getOrDefault(new Person(tenant, number), List.of())));
    }
}
