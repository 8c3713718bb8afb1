package io.tidings.sandbox;

import java.util.HashSet;
import java.util.Set;

/** Who has opted out of whom: pairs of recipient and sender, or recipient and service. Guarded by the network's lock. */
final class OptOuts {
    private final Set<Pair> blocked = new HashSet<>();

    void apply(Keyword keyword, String recipient, Sender sender) {
        Pair pair = new Pair(recipient, scope(sender));
        switch (keyword) {
            case STOP -> blocked.add(pair);
            case START -> blocked.remove(pair);
            case HELP -> {}
        }
    }

    boolean blocks(String recipient, Sender sender) {
        return blocked.contains(new Pair(recipient, scope(sender)));
    }

    boolean blocks(String recipient, MessagingService service) {
        return blocked.contains(new Pair(recipient, service.sid));
    }

    /** A sender in a service is blocked with the whole service. */
    private static String scope(Sender sender) {
        return sender.serviceSid() == null ? sender.address() : sender.serviceSid();
    }

    private record Pair(String recipient, String scope) {}
}
