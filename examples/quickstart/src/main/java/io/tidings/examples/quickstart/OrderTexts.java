package io.tidings.examples.quickstart;

import io.tidings.message.Category;
import io.tidings.message.Content;
import io.tidings.message.OutboundMessage;
import io.tidings.template.TemplateDraft;
import java.util.Locale;
import java.util.Map;

/** What the recipients of the list are told. */
final class OrderTexts {
    /** What is unknown at the horizon is sent once more; no quiet hours. */
    static final Category CATEGORY = Category.TRANSACTIONAL;

    private static final String NAME = "order-ready";

    private OrderTexts() {}

    /** The English text is the default for languages without one. */
    static TemplateDraft draft() {
        return TemplateDraft.of(NAME, "Hi {{name}}, your order {{order}} is ready. Pick it up until {{time}}.")
                .with(Locale.GERMAN, "Hallo {{name}}, Ihre Bestellung {{order}} liegt bis {{time}} bereit.")
                .with(Locale.forLanguageTag("es"), "Hola {{name}}, tu pedido {{order}} te espera hasta las {{time}}.")
                .with(Locale.FRENCH, "Bonjour {{name}}, votre commande {{order}} vous attend jusqu'à {{time}}.")
                .with(Locale.JAPANESE, "{{name}}様 ご注文{{order}}は{{time}}までお受け取りいただけます。")
                .with(Locale.forLanguageTag("pl"), "Dzień dobry {{name}}, zamówienie {{order}} czeka do {{time}}.");
    }

    /** The order's number is the idempotency key: however often it is in the list, one text is sent. */
    static OutboundMessage to(Recipient recipient) {
        Map<String, String> values =
                Map.of("name", recipient.name(), "order", recipient.order(), "time", recipient.time());
        return OutboundMessage.to(recipient.phone())
                .content(new Content.Templated(NAME, null, recipient.locale(), values))
                .category(CATEGORY)
                .key("order-ready:" + recipient.order())
                .tag("order", recipient.order())
                .smartEncoding()
                .build();
    }
}
