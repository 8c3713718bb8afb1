package io.tidings.sandbox;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message of an account, as Twilio stores it. Mutable; guarded by the network's lock. */
final class Message {
    final String sid;
    final Account account;
    final long number;
    final long identity;
    final Draft draft;
    final Instant created;
    final CallbackLane lane = new CallbackLane();
    String body;

    @Nullable
    String from;

    String status;
    int segments;
    int errorCode;

    @Nullable
    String price;

    @Nullable
    Instant sent;

    Instant updated;
    boolean deleted;

    /**
     * Which message it is.
     *
     * @param account whose it is
     * @param number in the order of arrival
     * @param identity by what it is: see {@link Identity}
     */
    record Place(Account account, long number, long identity) {}

    Message(String sid, Place place, Draft draft, String status, Instant created) {
        this.sid = sid;
        this.account = place.account;
        this.number = place.number;
        this.identity = place.identity;
        this.draft = draft;
        this.body = draft.body();
        this.from = draft.from();
        this.status = status;
        this.created = created;
        this.updated = created;
        this.segments = draft.from() == null ? 0 : draft.segments();
    }

    String to() {
        return draft.to();
    }

    List<String> media() {
        return draft.media();
    }

    boolean isUnfinished() {
        return switch (status) {
            case "accepted", "scheduled", "queued", "sending" -> true;
            default -> false;
        };
    }

    SandboxMessage view() {
        return new SandboxMessage(sid, draft.direction(), from, draft.to(), body, status, errorCode);
    }
}
