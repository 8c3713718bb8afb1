package io.tidings.sandbox;

import java.math.BigDecimal;

/** Prices of this sandbox. They are invented: only their form, a negative decimal string, is Twilio's. */
final class InventedPrices {
    private static final BigDecimal NEAR = new BigDecimal("-0.00790");
    private static final BigDecimal FAR = new BigDecimal("-0.04500");
    private static final BigDecimal MEDIA = new BigDecimal("-0.02000");

    private InventedPrices() {}

    static String of(Message message) {
        BigDecimal each =
                !message.media().isEmpty() ? MEDIA : Numbers.plain(message.to()).startsWith("+1") ? NEAR : FAR;
        return each.multiply(BigDecimal.valueOf(message.draft.segments())).toPlainString();
    }
}
