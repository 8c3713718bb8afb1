package io.tidings.outbox;

import io.tidings.gate.FactSource;
import io.tidings.message.UnitOfWork;

/** Stores of which a test has replaced a part. */
public final class Substituted {
    private Substituted() {}

    /** The same with other facts. */
    public static Stores facts(Stores s, FactSource facts) {
        return of(s, s.transactions(), facts, s.lookout());
    }

    /** The same with other transactions and facts. */
    public static Stores both(Stores s, UnitOfWork transactions, FactSource facts) {
        return of(s, transactions, facts, s.lookout());
    }

    /** The same with another lookout. */
    public static Stores lookout(Stores s, Lookout lookout) {
        return of(s, s.transactions(), s.facts(), lookout);
    }

    private static Stores of(Stores s, UnitOfWork transactions, FactSource facts, Lookout lookout) {
        return new Stores(
                transactions,
                s.outbox(),
                s.work(),
                s.history(),
                s.attempts(),
                s.handover(),
                s.doubts(),
                s.decisions(),
                s.consent(),
                facts,
                s.budgets(),
                s.pumping(),
                s.audit(),
                s.chain(),
                s.inbound(),
                s.conversations(),
                s.templates(),
                s.limits(),
                s.stamp(),
                s.records(),
                s.recurring(),
                lookout);
    }
}
