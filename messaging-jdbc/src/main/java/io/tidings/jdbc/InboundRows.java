package io.tidings.jdbc;

import io.tidings.history.InboundRow;
import io.tidings.history.InboundState;
import io.tidings.message.AccountId;
import io.tidings.message.Channel;
import io.tidings.message.Conversation;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Received;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a message from a person lies in its table. */
final class InboundRows {
    /** The message. */
    static final String MESSAGE = """
            id, tenant, account, sid, channel, person, person_sealed, sender, service, body, media, extras, segments, at""";
    /** The message and how far it has come. */
    static final String ROW = MESSAGE + ", state, claims, note";

    private static final Logger log = LoggerFactory.getLogger(InboundRows.class);
    private static final ColumnCipher CLEAR = new ClearColumns();

    private InboundRows() {}

    static String place(String column, MessageId id) {
        return ColumnCipher.place("inbound." + column, id);
    }

    /** What messages of a conversation are found by. */
    static String conversation(Conversation conversation, ColumnCipher cipher) {
        return cipher.token("conversation", conversation.orderKey());
    }

    static void bind(Values values, InboundMessage message) throws SQLException {
        Received received = message.received();
        Sender service = received.service();
        List<List<String>> media = received.media().stream()
                .map(each -> List.of(each.url().toString(), each.type()))
                .toList();
        ColumnCipher cipher = values.cipher();
        MessageId id = message.id();
        values.id(id)
                .text(message.tenant().value())
                .text(message.account().value())
                .text(received.sid())
                .text(received.channel().name())
                .person(received.from())
                .text(cipher.beside(place("person", id), received.from().e164()))
                .text(received.to().address())
                .text(service == null ? null : service.address())
                .sealed(place("body", id), Values.clean(received.text()))
                .sealed(place("media", id), JsonText.of(media))
                .sealed(place("extras", id), JsonText.of(received.extras()))
                .number(received.segments())
                .time(received.at());
    }

    static InboundMessage message(Row row) throws SQLException {
        MessageId id = row.id();
        TenantId tenant = new TenantId(row.text());
        AccountId account = new AccountId(row.text());
        return new InboundMessage(id, tenant, account, received(row, id));
    }

    @SuppressWarnings("NullAway") // javac 17 keeps no annotation of a nested type, so it sees no nullable service
    private static Received received(Row row, MessageId id) throws SQLException {
        ColumnCipher cipher = row.cipher();
        String sid = row.text();
        Channel channel = Channel.valueOf(row.text());
        String lookedUp = row.text();
        String beside = row.textOrNull();
        PhoneNumber from = new PhoneNumber(cipher.read(place("person", id), lookedUp, beside));
        Sender to = row.sender();
        String service = row.textOrNull();
        // Whether a row is encrypted is told by its number: what people write may look like anything.
        ColumnCipher body = beside == null ? CLEAR : cipher;
        String text = body.open(place("body", id), row.text());
        List<Received.Media> media = JsonText.lists(cipher.open(place("media", id), row.text())).stream()
                .map(each -> new Received.Media(URI.create(each.get(0)), each.get(1)))
                .toList();
        Map<String, String> extras = JsonText.map(cipher.open(place("extras", id), row.text()));
        return new Received(
                sid,
                channel,
                from,
                to,
                service == null ? null : new Sender.MessagingService(service),
                text,
                media,
                extras,
                row.integer(),
                row.time());
    }

    /** A row, or the id alone of one that cannot be read. */
    record Found(MessageId id, @Nullable InboundRow row) {
        Stream<InboundRow> ifReadable() {
            return Stream.ofNullable(row);
        }
    }

    /** What the provider sent: nothing, if it cannot be read. */
    static Map<String, String> raw(MessageId id, Row row) throws SQLException {
        String stored = row.text();
        try {
            return JsonText.map(row.cipher().open(place("raw", id), stored));
        } catch (UnreadableRowException e) {
            log.warn("what the provider sent with message {} cannot be read: {}", id, e.getMessage());
            return Map.of();
        }
    }

    static Found orUnreadable(Row row) throws SQLException {
        MessageId id = row.id();
        try {
            return new Found(id, row(row.first()));
        } catch (UnreadableRowException e) {
            log.warn("message {} from a person cannot be read: {}", id, e.getMessage());
            return new Found(id, null);
        }
    }

    static InboundRow row(Row row) throws SQLException {
        InboundMessage message = message(row);
        return new InboundRow(message, InboundState.valueOf(row.text()), row.integer(), row.textOrNull());
    }
}
