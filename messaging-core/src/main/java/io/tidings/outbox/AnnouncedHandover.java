package io.tidings.outbox;

import io.tidings.message.AttemptId;
import java.util.List;
import java.util.Set;

/** A handover that tells of the messages that the provider has taken, and how they got further, in the same transaction. */
final class AnnouncedHandover implements Handover {
    private final Handover handover;
    private final Announcements announcements;

    AnnouncedHandover(Handover handover, Announcements announcements) {
        this.handover = handover;
        this.announcements = announcements;
    }

    @Override
    public Set<AttemptId> settle(List<Taken> taken) {
        return announcements.transactions().run(() -> {
            Set<AttemptId> settled = handover.settle(taken);
            announcements.handedOver(taken.stream()
                    .filter(one -> settled.contains(one.attempt()))
                    .toList());
            return settled;
        });
    }

    @Override
    public Advanced advance(List<Told> told) {
        return announcements.transactions().run(() -> {
            Advanced advanced = handover.advance(told);
            announcements.moved(Move.all(told, advanced));
            return advanced;
        });
    }

    @Override
    public boolean advances() {
        return handover.advances();
    }
}
