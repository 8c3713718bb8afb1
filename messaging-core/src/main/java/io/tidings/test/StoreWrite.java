package io.tidings.test;

import io.tidings.event.EventRow;
import io.tidings.history.Attempt;
import io.tidings.history.MessageRow;
import io.tidings.history.Resolution;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageStatus;
import io.tidings.message.TenantId;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Settled;
import io.tidings.tenant.TenantSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One write through one method of one port.
 *
 * @param name the method
 * @param change what it does to a scene
 */
record StoreWrite(String name, Consumer<StoreScene> change) {
    private static final Duration HOUR = Duration.ofHours(1);

    void to(StoreScene scene) {
        change.accept(scene);
    }

    /** Every method that writes; in this order they can also follow each other in one transaction. */
    static List<StoreWrite> all() {
        return List.of(
                new StoreWrite("enqueue", s -> s.stores.outbox().enqueue(List.of(StoreContract.incoming(s.fresh)))),
                new StoreWrite("enqueue a refused one", s -> s.stores.outbox().enqueue(List.of(refused(s.fresh)))),
                new StoreWrite("own", s -> s.stores.work().own("node-new", HOUR)),
                new StoreWrite("disown", s -> s.stores.work().disown(StoreContract.NODE)),
                new StoreWrite(
                        "disown one", s -> s.stores.work().disown(StoreContract.NODE, Set.of(StoreContract.QUEUE))),
                new StoreWrite("own and begin", StoreWrite::begin),
                new StoreWrite(
                        "delay", s -> s.stores.work().settle(new Settled.Delay(StoreContract.id(s.waiting), HOUR))),
                new StoreWrite("withdraw", s -> s.stores.outbox().withdraw(StoreContract.id(s.waiting))),
                new StoreWrite("hold", s -> s.stores.work().settle(new Settled.Hold(s.sending.attempt()))),
                new StoreWrite("recover", s -> s.stores.work().recover(10)),
                new StoreWrite("try again", s -> s.stores.work().settle(again(s.held))),
                new StoreWrite("leave", s -> s.stores.work().settle(new Settled.Leave(s.sending.attempt()))),
                new StoreWrite("reopen", s -> s.stores.outbox().reopen(again(s.ended, StoreContract.LONG_AGO))),
                new StoreWrite("save", s -> s.stores.history().save(StoreContract.ended(s.held, MessageStatus.FAILED))),
                new StoreWrite("save again", s -> s.stores.history().save(changed(s.ended))),
                new StoreWrite("remove", s -> s.stores.history().remove(StoreContract.id(s.ended))),
                new StoreWrite(
                        "begin an attempt",
                        s -> s.stores
                                .attempts()
                                .begin(List.of(Attempt.begun(
                                        new AttemptId(StoreContract.id(s.ended), 2), StoreContract.LONG_AGO)))),
                new StoreWrite(
                        "observe",
                        s -> s.stores
                                .attempts()
                                .observe(s.polled, StoreContract.seen(AttemptStatus.SENT, StoreScene.SID, 0, 3))),
                new StoreWrite(
                        "own a sid",
                        s -> s.stores
                                .attempts()
                                .observe(
                                        s.sending.attempt(),
                                        StoreContract.seen(AttemptStatus.QUEUED, StoreScene.OTHER_SID, 0, 3))),
                new StoreWrite("look later", s -> s.stores.doubts().lookAfter(s.held.attempt(), HOUR, 2)),
                new StoreWrite("look no more", s -> s.stores.doubts().stop(s.held.attempt())),
                new StoreWrite("count", s -> s.stores.doubts().count(Resolution.LIST, 1)),
                new StoreWrite("poll later", s -> s.stores.attempts().pollAfter(s.polled, HOUR, 2)),
                new StoreWrite("poll no more", s -> s.stores.attempts().stopPolling(s.polled)),
                new StoreWrite(
                        "append decisions",
                        s -> s.stores
                                .decisions()
                                .append(StoreContract.id(s.waiting), List.of(StoreContract.passed("repeat")))),
                new StoreWrite("append consent", s -> s.stores.consent().append(s.optOut())),
                new StoreWrite("forget a person", s -> s.stores.consent().forget(TenantId.DEFAULT, s.optedIn())),
                new StoreWrite(
                        "append to the audit trail", s -> s.stores.audit().append(List.of(AuditScene.entry(3)))),
                new StoreWrite(
                        "erase from the audit trail",
                        s -> s.stores.audit().erase(TenantId.DEFAULT, AuditScene.person(1), 10)),
                new StoreWrite("seal", s -> AuditScene.seal(s.stores)),
                new StoreWrite("archive", s -> AuditScene.archive(s.stores)),
                new StoreWrite(
                        "count a status", s -> s.stores.records().statistics().add(List.of(StoreScene.COUNTED))),
                new StoreWrite(
                        "change a tenant",
                        s -> s.stores.records().tenants().put(TenantId.DEFAULT, TenantSettings.NONE.withAttempts(7))),
                new StoreWrite(
                        "append events", s -> s.stores.records().events().append(List.of(StoreScene.event("second")))),
                new StoreWrite("forget events", s -> s.stores.records().events().forget(List.of("first"))),
                new StoreWrite(
                        "append deliveries",
                        s -> s.stores
                                .records()
                                .deliveries()
                                .append(new EventRow(2, StoreScene.event("second"), 1), List.of("crm"))),
                new StoreWrite(
                        "forget deliveries",
                        s -> s.stores.records().deliveries().forget(List.of("first"))),
                new StoreWrite(
                        "remove old deliveries",
                        s -> s.stores.records().deliveries().removeOlderThan(HOUR.negated(), 10)),
                new StoreWrite(
                        "disable an endpoint",
                        s -> s.stores.records().endpoints().disable("crm", "it is gone")),
                new StoreWrite(
                        "note a failure", s -> s.stores.records().endpoints().failed("crm")),
                new StoreWrite(
                        "empty callbacks", s -> s.stores.records().retention().emptyCallbacks(HOUR, 10)),
                new StoreWrite(
                        "delete inbound", s -> s.stores.records().retention().deleteInbound(List.of(s.heard))),
                new StoreWrite(
                        "delete", s -> s.stores.records().retention().delete(List.of(StoreContract.id(s.ended)))));
    }

    private static void begin(StoreScene scene) {
        scene.stores.work().own(StoreContract.NODE, HOUR);
        scene.stores.work().begin(StoreContract.NODE, List.of(scene.waiting));
    }

    private static Incoming refused(QueueRow row) {
        return new Incoming(null, StoreContract.ended(row, MessageStatus.REFUSED), List.of(), "fingerprint");
    }

    private static Settled.TryAgain again(QueueRow row) {
        return new Settled.TryAgain(row.attempt(), HOUR, row.tries().charge(), StoreContract.LINE_BUSY);
    }

    private static QueueRow again(QueueRow row, Instant due) {
        return new QueueRow(row.stored(), QueueRow.State.QUEUED, due, row.tries(), StoreContract.LINE_BUSY);
    }

    private static MessageRow changed(QueueRow row) {
        return StoreContract.ended(row, MessageStatus.DELIVERED);
    }
}
