package io.tidings.outbox;

import io.tidings.history.InboundMove;
import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.history.InboundStore;
import io.tidings.message.AccountId;
import io.tidings.message.Conversation;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store of messages from people that tells of new ones, in the same transaction. */
final class AnnouncedInbound implements InboundStore {
    private final InboundStore inbound;
    private final Announcements announcements;

    AnnouncedInbound(InboundStore inbound, Announcements announcements) {
        this.inbound = inbound;
        this.announcements = announcements;
    }

    @Override
    public boolean append(InboundMessage message, Map<String, String> raw) {
        return announcements.transactions().run(() -> {
            boolean fresh = inbound.append(message, raw);
            if (fresh) {
                announcements.received(message);
            }
            return fresh;
        });
    }

    @Override
    public List<InboundRow> claim(InboundState state, int limit, Duration lease) {
        return inbound.claim(state, limit, lease);
    }

    @Override
    public Optional<InboundRow> claim(MessageId id, Duration lease) {
        return inbound.claim(id, lease);
    }

    @Override
    public boolean move(InboundRow seen, InboundMove move) {
        return inbound.move(seen, move);
    }

    @Override
    public Optional<InboundRow> find(MessageId id) {
        return inbound.find(id);
    }

    @Override
    public Map<String, String> raw(MessageId id) {
        return inbound.raw(id);
    }

    @Override
    public List<InboundRow> inState(InboundState state, int limit) {
        return inbound.inState(state, limit);
    }

    @Override
    public int replies(Conversation conversation, Duration within) {
        return inbound.replies(conversation, within);
    }

    @Override
    public Optional<Instant> completeUntil(AccountId account) {
        return inbound.completeUntil(account);
    }

    @Override
    public void markComplete(AccountId account, Instant until) {
        inbound.markComplete(account, until);
    }
}
