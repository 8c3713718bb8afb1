package io.tidings.jdbc;

import io.tidings.Tidings;
import io.tidings.history.StoredMessage;
import io.tidings.history.TryCount;
import io.tidings.message.AccountId;
import io.tidings.message.MessageIds;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Stores;
import io.tidings.test.FakeProvider;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Makes messages for tests of the stores. */
final class Messages {
    static final Instant LONG_AGO = Instant.parse("2020-03-02T09:00:00Z");
    static final Sender SENDER = new Sender.ShortCode("55512");
    static final SenderKey QUEUE = new SenderKey(AccountId.DEFAULT, SENDER, 0);

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final MessageIds IDS = new MessageIds(InstantSource.fixed(LONG_AGO), new Random(11));

    private Messages() {}

    static OutboundMessage.Builder text() {
        int which = MADE.incrementAndGet();
        return OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(100 + which % 100)))
                .from(SENDER)
                .text("Your parcel " + which + " is on its way.");
    }

    static QueueRow waiting(UnaryOperator<OutboundMessage.Builder> change) {
        StoredMessage stored = new StoredMessage(
                IDS.next(), change.apply(text()).build(), AccountId.DEFAULT, 1, LONG_AGO, null, null, null);
        return new QueueRow(stored, QueueRow.State.QUEUED, LONG_AGO, TryCount.NONE, null);
    }

    static QueueRow waiting() {
        return waiting(message -> message);
    }

    static Incoming incoming(QueueRow row) {
        return new Incoming(row, null, List.of(), "fingerprint");
    }

    /** With a provider of this process, not started: nothing is sent. */
    static Tidings tidings(Stores stores) {
        return Tidings.builder(new FakeProvider())
                .from("55512")
                .homeCountry("US")
                .allowInvalidNumbers()
                .stores(stores)
                .build();
    }
}
