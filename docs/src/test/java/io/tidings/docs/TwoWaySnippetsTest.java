package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.inbound.Keyword;
import io.tidings.inbound.Reply;
import io.tidings.inbound.Routes;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import io.tidings.outbox.ConversationStore.Entry;
import io.tidings.sandbox.Sandbox;
import io.tidings.template.WhatsAppTemplates;
import io.tidings.template.WhatsAppTemplates.Approval;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of docs/two-way.md. */
class TwoWaySnippetsTest {
    private interface Orders {
        String state(String number);
    }

    private static TidingsBuilder builder(Sandbox sandbox) {
        Credentials credentials = Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()));
        return Tidings.builder(Twilio.provider(CredentialSource.fixed(credentials))
                        .baseUrl(URI.create(sandbox.url()))
                        .build())
                .from("+12025550100");
    }

    private static TidingsBuilder handlers(TidingsBuilder builder, Orders orders) {
        // tag::handlers[]
        builder.onSms(
                        "status",
                        message -> Reply.text(orders.state(message.from().e164())))
                .onWhatsApp("status", message -> Reply.template("state", Locale.ENGLISH, Map.of("name", "Ann")))
                .onMessage(message -> Reply.none());
        // end::handlers[]
        return builder;
    }

    private static TidingsBuilder routes(TidingsBuilder builder) {
        // tag::routes[]
        builder.routes(Routes.none()
                .onSms(Keyword.first("order"), message -> Reply.text("Thank you, we look it up."))
                .answerNow(Keyword.whole("menu"), message -> Reply.text("1 opening hours, 2 my car"))
                .otherwise(message -> Reply.none()));
        // end::routes[]
        return builder;
    }

    private static TidingsBuilder whatsApp(TidingsBuilder builder) {
        // tag::whatsapp[]
        builder.whatsAppTemplates(WhatsAppTemplates.none()
                .with(
                        "ready",
                        Locale.ENGLISH,
                        "HX0123456789abcdef0123456789abcdef",
                        Approval.APPROVED,
                        "name", // {{1}}
                        "bay")); // {{2}}
        // end::whatsapp[]
        return builder;
    }

    private static void desk(Tidings tidings, PhoneNumber number) {
        // tag::conversation[]
        List<Entry> newest = tidings.conversation(TenantId.DEFAULT, number);
        // end::conversation[]
        // tag::desk[]
        tidings.inbound()
                .quarantined()
                .forEach(row -> tidings.inbound().retry(row.message().id()));
        tidings.inbound().fetchMissed(Duration.ofHours(6));
        // end::desk[]
        assertThat(newest).isEmpty();
    }

    @Test
    void the_snippets_run() {
        try (Sandbox sandbox = Sandbox.builder().seed(7).sender("+12025550100").start();
                Tidings tidings = whatsApp(handlers(builder(sandbox), number -> "on its way"))
                        .build()) {
            desk(tidings, new PhoneNumber("+12025550143"));
        }
        try (Sandbox sandbox = Sandbox.builder().seed(7).sender("+12025550100").start();
                Tidings tidings = routes(builder(sandbox)).build()) {
            assertThat(tidings.inbound().quarantined()).isEmpty();
        }
    }
}
