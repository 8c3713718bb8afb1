package io.tidings.sandbox;

import org.jspecify.annotations.Nullable;

/** One number, code or name of the account. Mutable; guarded by the network's lock. */
final class Sender {
    private final String address;
    private final SenderKind kind;
    private final String sid;
    private final SendQueue queue;
    private @Nullable String inboundUrl;
    private @Nullable String serviceSid;

    Sender(String address, String sid, SendQueue queue) {
        this.address = address;
        this.kind = SenderKind.of(address);
        this.sid = sid;
        this.queue = queue;
    }

    static String sidPrefix(String address) {
        return switch (SenderKind.of(address)) {
            case SHORT_CODE -> "SC";
            case ALPHANUMERIC -> "AI";
            default -> "PN";
        };
    }

    String address() {
        return address;
    }

    SenderKind kind() {
        return kind;
    }

    String sid() {
        return sid;
    }

    SendQueue queue() {
        return queue;
    }

    @Nullable
    String inboundUrl() {
        return inboundUrl;
    }

    void inboundUrl(@Nullable String url) {
        this.inboundUrl = url;
    }

    @Nullable
    String serviceSid() {
        return serviceSid;
    }

    void serviceSid(@Nullable String sid) {
        this.serviceSid = sid;
    }

    /** A name cannot be sent from to the US and Canada. */
    boolean reaches(String to) {
        return kind != SenderKind.ALPHANUMERIC || !to.startsWith("+1");
    }

    /** Whether both numbers begin alike, which is as near to "same country" as the sandbox comes. */
    boolean isNear(String to) {
        return address.startsWith("+") && address.regionMatches(0, to, 0, address.startsWith("+1") ? 2 : 3);
    }
}
