package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.history.StoredMessage;
import io.tidings.message.AccountId;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemoryRecipientsTest {
    private static final PhoneNumber FROM = new PhoneNumber("+12025550100");
    private static final PhoneNumber TO = new PhoneNumber("+12025550101");
    private final MemoryRecipients recipients = new MemoryRecipients();

    private static MessageId id(int number) {
        return new MessageId(new UUID(0x7000, number));
    }

    private static StoredMessage stored(int number) {
        OutboundMessage message = OutboundMessage.to(TO)
                .from(new Sender.Number(FROM))
                .text("Your table is ready.")
                .build();
        return new StoredMessage(id(number), message, new AccountId("default"), 1, Instant.EPOCH, null, null, null);
    }

    private List<MessageId> before(int number) {
        return recipients.before(stored(number).message(), id(number)).stream()
                .map(MemoryRecipients.Earlier::id)
                .toList();
    }

    @Test
    void the_earlier_messages_are_in_the_order_of_their_ids_however_they_came() {
        for (int number : new int[] {3, 1, 5, 2, 4}) {
            recipients.add(stored(number));
        }

        assertThat(before(4)).containsExactly(id(1), id(2), id(3));
        assertThat(before(1)).isEmpty();
        assertThat(before(9)).hasSize(5);
    }

    @Test
    void a_message_that_is_taken_back_is_no_longer_there() {
        recipients.add(stored(1));
        recipients.add(stored(2));

        recipients.remove(stored(1));
        recipients.remove(stored(7));

        assertThat(before(9)).containsExactly(id(2));
    }
}
