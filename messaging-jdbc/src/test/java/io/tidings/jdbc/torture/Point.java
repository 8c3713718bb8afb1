package io.tidings.jdbc.torture;

/**
 * A place at which a process can end. It is named by the call of a port, or by the commit of a transaction of a kind, that
 * it comes before or after.
 */
enum Point {
    SEND_WRITTEN(Stage.SEND, "after outbox.enqueue"),
    SEND_COMMITS(Stage.SEND, "before commit of send"),
    SEND_COMMITTED(Stage.SEND, "after commit of send"),

    OWN(Stage.SENDING, "before work.own"),
    OWNED(Stage.SENDING, "after work.own"),
    DUE(Stage.SENDING, "after work.due"),
    INTENT_FACTS(Stage.SENDING, "after facts.read"),
    INTENT_BEGUN(Stage.SENDING, "after work.begin"),
    INTENT_ATTEMPTS(Stage.SENDING, "after attempts.begin"),
    INTENT_COMMITS(Stage.SENDING, "before commit of intent"),
    INTENT_COMMITTED(Stage.SENDING, "after commit of intent"),
    POST(Stage.SENDING, "before provider.send"),
    ANSWERED(Stage.SENDING, "after provider.send"),

    HANDOVER(Stage.SENDING, "before handover.settle", 1),
    HANDED_OVER(Stage.SENDING, "after handover.settle", 1),
    SETTLE_COMMITS(Stage.SENDING, "before commit of settlement", 1),
    SETTLE_COMMITTED(Stage.SENDING, "after commit of settlement", 1),
    SETTLE_OBSERVE(Stage.RETRYING, "before attempts.observe:ANSWER"),
    SETTLE_OBSERVED(Stage.RETRYING, "after attempts.observe:ANSWER"),
    SETTLE_LEFT(Stage.RETRYING, "after work.settle"),
    SETTLE_SAVED(Stage.RETRYING, "after history.save"),
    SETTLE_POLLS(Stage.RETRYING, "after attempts.pollAfter"),

    CALLBACK(Stage.HEARING, "before attempts.observe:CALLBACK"),
    CALLBACK_OBSERVED(Stage.HEARING, "after attempts.observe:CALLBACK"),
    ADVANCE(Stage.HEARING, "before handover.advance", 1),
    ADVANCED(Stage.HEARING, "after handover.advance", 1),
    CALLBACK_COMMITS(Stage.HEARING, "before commit of callback"),
    CALLBACK_COMMITTED(Stage.HEARING, "after commit of callback"),

    POLL(Stage.POLLING, "before provider.fetch"),
    POLLED(Stage.POLLING, "after provider.fetch"),
    POLL_OBSERVED(Stage.POLLING, "after attempts.observe:POLL"),

    RECOVERED(Stage.RECOVERING, "after work.recover", 1),
    RECOVERY_DOUBTED(Stage.RECOVERING, "after doubts.lookAfter"),
    RECOVERY_OBSERVED(Stage.RECOVERING, "after attempts.observe:RECOVERY"),
    RECOVERY_COMMITS(Stage.RECOVERING, "before commit of recovery", 1),
    RECOVERY_COMMITTED(Stage.RECOVERING, "after commit of recovery", 1),
    LOOK_TAKEN(Stage.RECOVERING, "after doubts.take", 1),
    LIST(Stage.RECOVERING, "before provider.list"),
    LISTED(Stage.RECOVERING, "after provider.list"),
    FOUND(Stage.RECOVERING, "after attempts.observe:LIST"),
    FOUND_COMMITS(Stage.RECOVERING, "before commit of look"),
    FOUND_COMMITTED(Stage.RECOVERING, "after commit of look"),
    RESENT(Stage.DECIDING, "after attempts.observe:POLICY_RESENT", 1),
    RESENT_COMMITS(Stage.DECIDING, "before commit of decision", 1),
    RESENT_COMMITTED(Stage.DECIDING, "after commit of decision", 1),

    DISOWN(Stage.STOPPING, "before work.disown", 1),
    DISOWNED(Stage.STOPPING, "after work.disown", 1);

    /** What the process does when it dies, and what was left to it. */
    enum Stage {
        /** The host's call. */
        SEND,
        /** The ordinary way, before callbacks come. */
        SENDING,
        /** No first attempt leaves, so each message has a second one. */
        RETRYING,
        /** Callbacks come; to all others they do not come through, so that nothing but the process itself settles. */
        HEARING,
        /** The provider is asked instead. */
        POLLING,
        /** Another node died after its requests were answered. */
        RECOVERING,
        /** Another node died before its requests left. */
        DECIDING,
        /** {@code close()}. */
        STOPPING
    }

    final Stage stage;
    final String place;
    /** How often a process surely comes there. */
    final int most;

    Point(Stage stage, String place) {
        this(stage, place, 3);
    }

    Point(Stage stage, String place, int most) {
        this.stage = stage;
        this.place = place;
        this.most = most;
    }
}
