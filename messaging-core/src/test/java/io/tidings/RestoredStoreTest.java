package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.audit.Action;
import io.tidings.audit.AuditQuery;
import io.tidings.dispatch.RestoreCheck;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.outbox.Incoming;
import io.tidings.outbox.QueueRow;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.LogEntry;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxClock;
import io.tidings.test.SteppableTime;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store is restored from a backup: what was sent since is in no row, and must not be sent again. */
class RestoredStoreTest {
    private static final String SENDER = "55512";

    private final SteppableTime time = new SteppableTime();
    private final Sandbox sandbox = Sandbox.builder()
            .seed(7)
            .sender(SENDER, 1_000)
            .handsets(HandsetProfile.allDelivered())
            .clock(SandboxClock.steppable(time.instant()))
            .start();
    private final List<Tidings> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Tidings::close);
        sandbox.close();
    }

    private Provider provider() {
        Credentials credentials = Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken()));
        return Twilio.provider(CredentialSource.fixed(credentials))
                .baseUrl(URI.create(sandbox.url()))
                .build();
    }

    private Tidings over(Stores stores, UnaryOperator<TidingsBuilder> more) {
        Tidings tidings = more.apply(Tidings.builder(provider())
                        .stores(stores)
                        .from(SENDER)
                        .homeCountry("US")
                        .rates(SenderRates.defaults().with(new Sender.ShortCode(SENDER), Rate.perSecond(1_000)))
                        .random(new Random(open.size()))
                        .executor(Runnable::run)
                        .time(time))
                .build();
        open.add(tidings);
        return tidings;
    }

    private static OutboundMessage.Builder text(int which) {
        return OutboundMessage.to(new PhoneNumber("+120255501%02d".formatted(which % 100)))
                .text("Parcel <" + which + "> is on its way.");
    }

    /** What a backup of the queue brings back: the rows as they are now. */
    private Stores backup(Stores stores, List<MessageId> ids) {
        Stores restored = Stores.inMemory(time);
        for (MessageId id : ids) {
            QueueRow row = stores.outbox().find(id).orElseThrow();
            restored.outbox().enqueue(List.of(new Incoming(row, null, List.of(), "fingerprint")));
        }
        return restored;
    }

    private void pass(Tidings tidings, Duration span) {
        for (long left = span.toMillis(); left > 0; left -= 100) {
            time.forward(Duration.ofMillis(100));
            sandbox.advance(Duration.ofMillis(100));
            tidings.runDue();
        }
    }

    private Map<String, Long> copies() {
        return sandbox.log().accepted().stream()
                .map(LogEntry.Request::create)
                .collect(Collectors.groupingBy(create -> create.to() + " " + create.body(), Collectors.counting()));
    }

    @Test
    void what_was_sent_since_the_backup_is_found_at_the_provider_and_nobody_gets_it_twice() {
        Stores lost = Stores.inMemory(time);
        Tidings before = over(lost, settings -> settings);
        List<MessageId> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add(before.send(text(i).build()).id());
        }
        List<MessageId> later = new ArrayList<>();
        for (int i = 60; i < 70; i++) {
            later.add(before.send(
                            text(i).at(time.instant().plus(Duration.ofHours(2))).build())
                    .id());
        }
        List<MessageId> all = new ArrayList<>(sent);
        all.addAll(later);
        Stores restored = backup(lost, all);
        pass(before, Duration.ofSeconds(20));
        assertThat(copies()).hasSize(60);

        Tidings after = over(restored, settings -> settings);
        pass(after, Duration.ofHours(2).plusSeconds(20));

        assertThat(copies())
                .hasSize(70)
                .allSatisfy((message, copies) -> assertThat(copies).as(message).isEqualTo(1));
        assertThat(sent).allSatisfy(id -> {
            assertThat(after.find(id).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
            assertThat(after.explain(id).orElseThrow().text()).contains("list: DELIVERED");
        });
        assertThat(after.standstill()).isEmpty();
        assertThat(after.audit().search(AuditQuery.all().of(Action.STORE_RECONCILED)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.data().details()).containsEntry("recovered", "60"));
    }

    @Test
    void without_the_look_each_of_them_would_be_sent_twice() {
        Stores lost = Stores.inMemory(time);
        Tidings before = over(lost, settings -> settings);
        List<MessageId> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(before.send(text(i).build()).id());
        }
        Stores restored = backup(lost, sent);
        pass(before, Duration.ofSeconds(5));

        Tidings after = over(restored, settings -> settings.restoreCheck(RestoreCheck.off()));
        pass(after, Duration.ofSeconds(5));

        assertThat(copies().values()).containsOnly(2L);
    }

    @Test
    void what_no_text_can_tell_waits_for_a_person_who_looks_and_releases() {
        Stores lost = Stores.inMemory(time);
        Tidings before = over(lost, settings -> settings);
        Content picture = new Content.Media(new MessageBody(""), List.of(URI.create("https://example.com/bay-4.png")));
        MessageId mms = before.send(OutboundMessage.to(new PhoneNumber("+12025550143"))
                        .content(picture)
                        .build())
                .id();
        Stores restored = backup(lost, List.of(mms));
        pass(before, Duration.ofSeconds(5));
        assertThat(sandbox.log().accepted()).hasSize(1);

        Tidings after = over(restored, settings -> settings);
        MessageId fresh = after.send(text(7).build()).id();
        pass(after, Duration.ofMinutes(5));

        assertThat(sandbox.log().accepted()).hasSize(1);
        assertThat(after.standstill()).hasValueSatisfying(why -> assertThat(why).contains(mms.toString()));
        after.cancel(mms);
        after.releaseHold("looked at the list: it was sent");
        pass(after, Duration.ofSeconds(20));
        assertThat(after.standstill()).isEmpty();
        assertThat(after.find(fresh).orElseThrow().status()).isEqualTo(MessageStatus.DELIVERED);
        assertThat(sandbox.log().accepted()).hasSize(2);
        assertThat(after.audit().search(AuditQuery.all().of(Action.HOLD_RELEASED)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.data().details()).containsKey("restore"));
    }

    @Test
    void an_empty_store_asks_the_provider_for_no_list() {
        Tidings tidings = over(Stores.inMemory(time), settings -> settings);
        tidings.send(text(1).build());
        pass(tidings, Duration.ofMillis(100));

        assertThat(sandbox.log().reads()).isZero();
    }
}
