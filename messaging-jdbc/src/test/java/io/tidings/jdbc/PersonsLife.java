package io.tidings.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.access.AccessKey;
import io.tidings.account.TidingsSecret;
import io.tidings.endpoint.Courier;
import io.tidings.endpoint.WebhookEndpoint;
import io.tidings.event.OptedOut;
import io.tidings.inbound.Reply;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.outbox.Stores;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Submission;
import io.tidings.schedule.Schedule;
import io.tidings.test.FakeProvider;
import io.tidings.test.SignedWebhook;
import io.tidings.webhook.WebhookRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that a shop and one person say to each other, told to endpoints and listeners that never take it. */
final class PersonsLife implements AutoCloseable {
    static final PhoneNumber NUMBER = new PhoneNumber("+12025550187");
    static final String SAID = "zebrafinch";
    static final String REPLIED = "quokka";
    private static final URI URL = URI.create("https://shop.example.com/tidings");
    private static final Secret TOKEN = new Secret("the auth token of this test");
    private static final WebhookEndpoint CRM = WebhookEndpoint.of(
            "crm", URI.create("https://crm.example.com/hooks"), new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    final Tidings tidings;
    private final Stores stores;
    private final Remembering provider = new Remembering();

    /** Remembers what was submitted, with the address to report to. */
    private static final class Remembering extends ForwardingProvider {
        final List<Submission> submitted = new ArrayList<>();

        Remembering() {
            super(new FakeProvider());
        }

        @Override
        public Outcome send(Submission submission) {
            submitted.add(submission);
            return super.send(submission);
        }
    }

    /** Reaches nobody. */
    private static final class Nobody implements Courier {
        @Override
        public void check(URI url) {}

        @Override
        public Answer post(URI url, Map<String, String> headers, byte[] body) {
            return new Silent("nobody is there");
        }

        @Override
        public void close() {}
    }

    PersonsLife(Stores stores) {
        this.stores = stores;
        tidings = Tidings.builder(provider)
                .from("55512")
                .homeCountry("US")
                .allowInvalidNumbers()
                .executor(Runnable::run)
                .publicUrl(URL, () -> List.of(TOKEN))
                .endpoints(new Nobody(), CRM)
                .on(OptedOut.class, event -> fail())
                .onMessage(message ->
                        Reply.text("You said " + REPLIED + ", " + message.from().e164()))
                .secret(TidingsSecret.of(new Secret("a secret of this test that is as long as it must be")))
                .stores(stores)
                .build();
    }

    private static void fail() {
        throw new IllegalStateException("this listener takes nothing");
    }

    static OutboundMessage.Builder message(String what) {
        return OutboundMessage.to(NUMBER).from(new Sender.ShortCode("55512")).text(what + " " + SAID);
    }

    /** Returns the message that was delivered. */
    MessageId live() {
        stores.records()
                .keys()
                .add(
                        new AccessKey.Draft("tester", "0".repeat(64), null, Map.of("guests", NUMBER.e164()), null),
                        "host");
        tidings.recurring()
                .start(
                        "weekly",
                        Schedule.daily(LocalTime.NOON, ZoneId.of("UTC")),
                        message("Weekly").build());
        MessageId delivered = tidings.send(message("Your parcel")
                        .key("order 42")
                        .tag("order", "42")
                        .orderKey("talk with " + NUMBER.e164())
                        .build())
                .id();
        tidings.send(message("Your code").category(Category.OTP).build());
        tidings.runDue();
        report(delivered);
        tidings.send(message("Much later")
                .at(Instant.now().plus(Duration.ofDays(30)))
                .build());
        hear("SM" + "1".repeat(32), "I saw a " + REPLIED);
        tidings.runDue();
        hear("SM" + "2".repeat(32), "STOP");
        tidings.runDue();
        assertThat(tidings.send(message("Never").build()).isRefused()).isTrue();
        tidings.runDue();
        return delivered;
    }

    private void report(MessageId message) {
        Submission submission = provider.submitted.stream()
                .filter(one -> one.attempt().message().equals(message))
                .findFirst()
                .orElseThrow();
        String sid = tidings.explain(message)
                .orElseThrow()
                .attempts()
                .get(0)
                .attempt()
                .sid();
        answer(SignedWebhook.status(submission.callback(), sid, "delivered")
                .with("To", NUMBER.e164())
                .with("From", "55512")
                .with("Body", SAID)
                .sign(TOKEN));
    }

    private void hear(String sid, String text) {
        answer(SignedWebhook.inbound(URI.create(URL + "/inbound"), sid, NUMBER.e164(), "55512", text)
                .with("ProfileName", REPLIED)
                .sign(TOKEN));
    }

    private void answer(WebhookRequest request) {
        assertThat(tidings.webhooks().handle(request).status()).isBetween(200, 204);
    }

    @Override
    public void close() {
        tidings.close();
    }
}
