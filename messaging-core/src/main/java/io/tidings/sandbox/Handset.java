package io.tidings.sandbox;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One phone on the sandbox's network. Get it from {@link Sandbox#handset(String)}. Everything a handset sends is stored as
 * inbound, its keywords take effect, and the webhook of the sender or of its service is called and its answer obeyed. Safe
 * for use by many threads.
 */
public final class Handset {
    private final Network network;
    private final Inbox inbox;
    private final String number;

    Handset(Network network, Inbox inbox, String number) {
        this.network = network;
        this.inbox = inbox;
        this.number = number;
    }

    /** Returns the number, in E.164. */
    public String number() {
        return number;
    }

    /**
     * Answers the last message that came, on its channel, to its sender.
     *
     * @param media addresses of pictures and the like
     * @return the SID, or nothing when the sender's service has no inbound address and so receives nothing
     * @throws IllegalStateException if no message has come yet that can be answered
     */
    public Optional<String> reply(String text, String... media) {
        SandboxMessage last = network.locked(() -> {
            List<SandboxMessage> came = came();
            return came.isEmpty() ? null : came.get(came.size() - 1);
        });
        if (last == null || last.from() == null) {
            throw new IllegalStateException("No message has come to this handset yet: use text(...) or wait for one");
        }
        return inbox.receive(new Inbox.Incoming(last.to(), last.from(), text, List.of(media)));
    }

    /**
     * Sends a text, or with media an MMS, to one of the account's senders.
     *
     * @param to a number or code
     * @param media addresses of pictures and the like
     * @return the SID, or nothing when the sender's service has no inbound address and so receives nothing
     * @throws IllegalArgumentException if {@code to} is no sender that receives
     */
    public Optional<String> text(String to, String text, String... media) {
        return inbox.receive(new Inbox.Incoming(number, to, text, List.of(media)));
    }

    /**
     * Writes on WhatsApp, which opens the window of 24 hours.
     *
     * @param to a sender of the kind {@link SenderKind#WHATSAPP}, with or without its prefix
     * @param media addresses of pictures and the like
     * @return the SID, or nothing when the sender's service has no inbound address and so receives nothing
     * @throws IllegalArgumentException if {@code to} is no such sender
     */
    public Optional<String> whatsApp(String to, String text, String... media) {
        return inbox.receive(new Inbox.Incoming(
                Numbers.WHATSAPP + number, Numbers.WHATSAPP + Numbers.plain(to), text, List.of(media)));
    }

    /**
     * Opens all delivered WhatsApp messages: their status becomes {@code read}, and their callbacks tell.
     *
     * @return how many
     */
    public int readAll() {
        return network.locked(() -> (int) network.messages.oldestFirst(Numbers.WHATSAPP + number).stream()
                .filter(network.carrier::read)
                .count());
    }

    /** Returns what has come to this handset, oldest first; a message without a receipt may have come. */
    public List<SandboxMessage> inbox() {
        return network.locked(this::came);
    }

    private List<SandboxMessage> came() {
        return Stream.of(number, Numbers.WHATSAPP + number)
                .flatMap(address -> network.messages.oldestFirst(address).stream())
                .filter(each -> switch (each.status) {
                    case "sent", "delivered", "read" -> true;
                    default -> false;
                })
                .sorted(Comparator.comparingLong((Message each) -> each.number))
                .map(Message::view)
                .toList();
    }

    @Override
    public String toString() {
        return "Handset[" + Masking.number(number) + "]";
    }
}
