package io.tidings.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The senders of all accounts. Guarded by the network's lock. */
final class Senders {
    private final Map<String, Sender> byAddress = new LinkedHashMap<>();
    private final Sids sids;

    Senders(Sids sids) {
        this.sids = sids;
    }

    Sender add(String address, double segmentsPerSecond, Account account) {
        Sender sender =
                new Sender(account, address, sids.next(Sender.sidPrefix(address)), new SendQueue(segmentsPerSecond));
        byAddress.put(address, sender);
        return sender;
    }

    @Nullable
    Sender find(String address) {
        return byAddress.get(address);
    }

    @Nullable
    Sender bySid(String sid) {
        return byAddress.values().stream()
                .filter(each -> each.sid().equals(sid))
                .findFirst()
                .orElse(null);
    }

    List<Sender> ofService(String serviceSid) {
        return byAddress.values().stream()
                .filter(each -> serviceSid.equals(each.serviceSid()))
                .toList();
    }

    List<Sender> all() {
        return List.copyOf(byAddress.values());
    }
}
