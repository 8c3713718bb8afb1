package io.tidings.inbound;

import io.tidings.history.InboundMove;
import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.outbox.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an operator sees of inbound messages and does about them. Safe for use by many threads. */
public final class InboundDesk {
    private static final int MOST = 10_000;

    private final Stores stores;
    private final GapFills gaps;
    private final Runnable hint;
    private final InstantSource time;

    InboundDesk(Stores stores, GapFills gaps, Runnable hint, InstantSource time) {
        this.stores = stores;
        this.gaps = gaps;
        this.hint = hint;
        this.time = time;
    }

    /** A message and how far it has come. */
    public Optional<InboundRow> find(MessageId id) {
        return stores.inbound().find(id);
    }

    /** What the provider said about a message, as it came: holds numbers and texts. Empty if it was found by listing. */
    public Map<String, String> raw(MessageId id) {
        return stores.inbound().raw(id);
    }

    /** Messages whose processing failed too often, oldest first, at most 10,000; their note tells why. */
    public List<InboundRow> quarantined() {
        return stores.inbound().inState(InboundState.QUARANTINED, MOST);
    }

    /** Lets a quarantined message begin anew. Returns false if it is none. */
    public boolean retry(MessageId id) {
        return stores.transactions().run(() -> {
            stores.transactions().afterCommit(hint);
            return stores.inbound()
                    .find(id)
                    .filter(row -> row.state() == InboundState.QUARANTINED)
                    .map(row -> stores.inbound().move(row, InboundMove.anew()))
                    .orElse(false);
        });
    }

    /** Soon asks the provider for everything that people sent within this time and that is not here. */
    public void fetchMissed(Duration back) {
        gaps.demand(time.instant().minus(back));
        hint.run();
    }

    /** How the newest fetch of missed messages went, of those to the house's account. */
    public GapReport missed() {
        return missed(AccountId.DEFAULT);
    }

    /** The same of an account. Throws {@link IllegalArgumentException} if it is not known here. */
    public GapReport missed(AccountId account) {
        GapReport report = gaps.report(account);
        if (report == null) {
            throw new IllegalArgumentException("there is no account '" + account + "' here");
        }
        return report;
    }
}
