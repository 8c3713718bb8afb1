package io.tidings.provider;

import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageBody;
import io.tidings.message.PhoneNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A message as the provider describes it.
 *
 * @param sid the provider's id
 * @param status its status
 * @param errorCode 0 if none
 * @param segments 0 while unknown
 * @param price what it cost, positive, or {@code null} while unknown
 * @param currency of the price
 * @param to the recipient
 * @param body the text, possibly changed by the provider
 * @param createdAt when the provider took it in
 * @param media how many media it has; 0 if none, or if the provider does not tell
 */
public record ProviderMessage(
        String sid,
        AttemptStatus status,
        int errorCode,
        int segments,
        @Nullable BigDecimal price,
        @Nullable Currency currency,
        @Nullable PhoneNumber to,
        MessageBody body,
        Instant createdAt,
        int media) {

    /** One without media. */
    public ProviderMessage(
            String sid,
            AttemptStatus status,
            int errorCode,
            int segments,
            @Nullable BigDecimal price,
            @Nullable Currency currency,
            @Nullable PhoneNumber to,
            MessageBody body,
            Instant createdAt) {
        this(sid, status, errorCode, segments, price, currency, to, body, createdAt, 0);
    }
}
