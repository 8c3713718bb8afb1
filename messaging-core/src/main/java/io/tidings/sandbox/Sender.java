package io.tidings.sandbox;

import org.jspecify.annotations.Nullable;

/** One number, code or name of an account. Mutable; guarded by the network's lock. */
final class Sender {
    private final Account account;
    private final String address;
    private final SenderKind kind;
    private final String sid;
    private final SendQueue queue;
    private @Nullable String inboundUrl;
    private @Nullable String fallbackUrl;
    private @Nullable String serviceSid;

    Sender(Account account, String address, String sid, SendQueue queue) {
        this.account = account;
        this.address = address;
        this.kind = SenderKind.of(address);
        this.sid = sid;
        this.queue = queue;
    }

    static String sidPrefix(String address) {
        return switch (SenderKind.of(address)) {
            case SHORT_CODE -> "SC";
            case ALPHANUMERIC -> "AI";
            case WHATSAPP -> "XE";
            default -> "PN";
        };
    }

    Account account() {
        return account;
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
    String fallbackUrl() {
        return fallbackUrl;
    }

    void fallbackUrl(@Nullable String url) {
        this.fallbackUrl = url;
    }

    @Nullable
    String serviceSid() {
        return serviceSid;
    }

    void serviceSid(@Nullable String sid) {
        this.serviceSid = sid;
    }

    /** A name cannot be sent from to the US and Canada, and WhatsApp reaches only WhatsApp. */
    boolean reaches(String to) {
        return (kind == SenderKind.WHATSAPP) == Numbers.isWhatsApp(to)
                && (kind != SenderKind.ALPHANUMERIC || !to.startsWith("+1"));
    }

    /** Whether both numbers begin alike, which is as near to "same country" as the sandbox comes. */
    boolean isNear(String to) {
        String mine = Numbers.plain(address);
        return mine.startsWith("+") && mine.regionMatches(0, Numbers.plain(to), 0, mine.startsWith("+1") ? 2 : 3);
    }
}
