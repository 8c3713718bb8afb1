package io.tidings.sandbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A messaging service and its settings. Mutable; guarded by the network's lock. */
final class MessagingService {
    final String sid;
    final Instant created;
    /** Which sender each recipient last heard from. */
    final Map<String, Sender> sticky = new HashMap<>();

    String friendlyName;

    @Nullable
    String inboundUrl;

    @Nullable
    String fallbackUrl;

    @Nullable
    String statusCallback;

    boolean inboundOnNumber;
    boolean stickySender = true;
    boolean smartEncoding = true;
    boolean advancedOptOut;
    int validity = 36_000;
    String usecase = "undeclared";
    Instant updated;

    MessagingService(String sid, String friendlyName, Instant created) {
        this.sid = sid;
        this.friendlyName = friendlyName;
        this.created = created;
        this.updated = created;
    }
}
