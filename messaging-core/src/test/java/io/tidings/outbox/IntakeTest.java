package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.consent.OptOutGate;
import io.tidings.gate.BacklogGate;
import io.tidings.gate.Decision;
import io.tidings.gate.ExpiryGate;
import io.tidings.gate.Gate;
import io.tidings.gate.GateRecord;
import io.tidings.gate.GateRequest;
import io.tidings.gate.Gates;
import io.tidings.gate.RepeatGate;
import io.tidings.message.AttemptStatus;
import io.tidings.message.Content;
import io.tidings.message.Encoding;
import io.tidings.message.KeyConflictException;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageId;
import io.tidings.message.MessageIds;
import io.tidings.message.MessageStatus;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TenantId;
import io.tidings.price.PriceBook;
import io.tidings.provider.Accounts;
import io.tidings.provider.Outcome;
import io.tidings.template.TemplateStore;
import io.tidings.template.Templates;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final OutboxScene scene =
            new OutboxScene(new ExpiryGate(), new OptOutGate(), new RepeatGate(HOUR), new BacklogGate(50, 100));

    private Receipt take(OutboundMessage.Builder message) {
        return scene.intake.take(message.build());
    }

    private long stored() {
        return scene.messages.counts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void a_receipt_says_what_was_stored() {
        Receipt receipt = take(OutboxScene.to(100).text("x".repeat(200)));

        assertThat(receipt.status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(receipt.segments()).isEqualTo(2);
        assertThat(receipt.encoding()).isEqualTo(Encoding.GSM_7);
        assertThat(receipt.sendAt()).isEqualTo(scene.time.instant());
        assertThat(receipt.reason()).isNull();
        assertThat(receipt.isRefused()).isFalse();
        MessageView view = scene.messages.find(receipt.id()).orElseThrow();
        assertThat(view.status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(view.stored().segments()).isEqualTo(2);
        assertThat(view.stored().sender()).isEqualTo(OutboxScene.SENDER);
        assertThat(scene.stores.decisions().decisions(receipt.id()))
                .extracting(GateRecord::gate)
                .containsExactly("expiry", "opt-out", "repeat", "backlog");
        assertThat(scene.hints).isEqualTo(1);
    }

    @Test
    void characters_outside_gsm_7_are_warned_about_and_smart_encoding_replaces_them() {
        Receipt dear = take(OutboxScene.to(100).text("It’s ready"));
        Receipt cheap = take(OutboxScene.to(101).text("It’s ready").smartEncoding());

        assertThat(dear.encoding()).isEqualTo(Encoding.UCS_2);
        assertThat(dear.warnings()).anySatisfy(warning -> assertThat(warning).contains("UCS-2", "1 character"));
        assertThat(cheap.encoding()).isEqualTo(Encoding.GSM_7);
        assertThat(cheap.warnings()).noneSatisfy(warning -> assertThat(warning).contains("UCS-2"));
        assertThat(scene.messages
                        .find(cheap.id())
                        .orElseThrow()
                        .stored()
                        .message()
                        .content())
                .isEqualTo(new Content.Text("It's ready"));
    }

    @Test
    void media_is_charged_as_one_segment() {
        Receipt receipt = take(OutboxScene.to(100)
                .content(new Content.Media(
                        new MessageBody("👀".repeat(200)), List.of(URI.create("https://example.org/a.jpg")))));

        assertThat(receipt.segments()).isEqualTo(1);
    }

    @Test
    void a_refused_message_is_stored_with_its_reason() {
        take(OutboxScene.to(100));

        Receipt refused = take(OutboxScene.to(100));

        assertThat(refused.isRefused()).isTrue();
        assertThat(refused.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(refused.reason()).contains("same text");
        assertThat(refused.sendAt()).isNull();
        assertThat(scene.status(refused.id())).isEqualTo(MessageStatus.REFUSED);
        assertThat(scene.stores.decisions().decisions(refused.id())).hasSize(3);
    }

    @Test
    void a_message_for_later_is_scheduled_and_its_life_begins_then() {
        Receipt receipt =
                take(OutboxScene.to(100).at(scene.time.instant().plus(HOUR)).expiresAfter(Duration.ofMinutes(10)));

        assertThat(receipt.status()).isEqualTo(MessageStatus.SCHEDULED);
        assertThat(receipt.sendAt()).isEqualTo(scene.time.instant().plus(HOUR));
        assertThat(scene.messages.find(receipt.id()).orElseThrow().stored().expiresAt())
                .isEqualTo(scene.time.instant().plus(HOUR).plus(Duration.ofMinutes(10)));
    }

    @Test
    void a_time_in_the_past_means_now() {
        Receipt receipt =
                take(OutboxScene.to(100).at(scene.time.instant().minus(HOUR)).expiresAfter(Duration.ofMinutes(10)));

        assertThat(receipt.status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(receipt.sendAt()).isEqualTo(scene.time.instant());
        assertThat(scene.messages.find(receipt.id()).orElseThrow().stored().expiresAt())
                .isEqualTo(scene.time.instant().plus(Duration.ofMinutes(10)));
    }

    @Test
    void a_gate_that_delays_puts_the_message_off_but_never_before_its_own_time() {
        Decision.Delay night = new Decision.Delay(scene.time.instant().plus(HOUR), "it is night there", Map.of());
        Intake intake = scene.intake(scene.stores, gate(request -> night));

        Receipt now = intake.take(OutboxScene.to(100).build());
        Receipt later = intake.take(OutboxScene.to(101)
                .at(scene.time.instant().plus(HOUR.multipliedBy(2)))
                .build());

        assertThat(now.status()).isEqualTo(MessageStatus.SCHEDULED);
        assertThat(now.sendAt()).isEqualTo(scene.time.instant().plus(HOUR));
        assertThat(now.reason()).isEqualTo("it is night there");
        assertThat(later.sendAt()).isEqualTo(scene.time.instant().plus(HOUR.multipliedBy(2)));
    }

    @Test
    void a_gate_that_throws_keeps_the_message_for_later() {
        Intake intake = scene.intake(scene.stores, gate(request -> {
            throw new IllegalStateException("broken");
        }));

        Receipt receipt = intake.take(OutboxScene.to(100).build());

        assertThat(receipt.status()).isEqualTo(MessageStatus.SCHEDULED);
        assertThat(receipt.sendAt()).isEqualTo(scene.time.instant().plusSeconds(30));
    }

    private interface Check {
        Decision of(GateRequest request);
    }

    private static Gate gate(Check check) {
        return new Gate() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Decision check(GateRequest request) {
                return check.of(request);
            }
        };
    }

    @Test
    void the_same_key_and_content_returns_the_first_receipt_even_if_a_gate_would_refuse_by_now() {
        Receipt first = take(OutboxScene.to(100).key("order 42"));

        Receipt again = take(OutboxScene.to(100).key("order 42"));

        assertThat(again).isEqualTo(first);
        assertThat(stored()).isEqualTo(1);
        assertThat(scene.stores.decisions().decisions(first.id())).hasSize(4);
    }

    @Test
    void the_receipt_of_a_repeated_key_tells_where_the_first_message_is_by_now() {
        Receipt first = take(OutboxScene.to(100).key("order 42"));
        scene.answered(first.id(), new Outcome.Rejected(21211));

        Receipt again = take(OutboxScene.to(100).key("order 42"));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.status()).isEqualTo(MessageStatus.FAILED);
        assertThat(again.sendAt()).isNull();
        assertThat(again.reason()).isNotBlank();
    }

    @Test
    void the_same_key_with_other_content_is_a_conflict_that_stores_nothing() {
        Receipt first = take(OutboxScene.to(100).key("order 42"));
        for (OutboundMessage.Builder other : List.of(
                OutboxScene.to(100).key("order 42").text("Another text"),
                OutboxScene.to(101).key("order 42").text("Your order 100 is ready."),
                OutboxScene.to(100).key("order 42").from(new Sender.ShortCode("12345")))) {
            assertThatThrownBy(() -> take(other))
                    .isInstanceOfSatisfying(
                            KeyConflictException.class,
                            conflict -> assertThat(conflict.existing()).isEqualTo(first.id()))
                    .hasMessageContaining(first.id().toString())
                    .hasMessageNotContaining("order 42")
                    .hasMessageNotContaining("is ready");
        }
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void another_tenant_may_use_the_same_key() {
        take(OutboxScene.to(100).key("order 42"));

        Receipt other = take(OutboxScene.to(100)
                .key("order 42")
                .tenant(new TenantId("other"))
                .text("Other text"));

        assertThat(other.status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void a_conflict_in_the_middle_stores_none_of_a_list_even_if_the_host_goes_on() {
        take(OutboxScene.to(100).key("order 42"));
        List<OutboundMessage> list = List.of(
                OutboxScene.to(101).key("before").build(),
                OutboxScene.to(102).key("order 42").build(),
                OutboxScene.to(103).build());

        assertThatThrownBy(() -> scene.intake.takeAll(list)).isInstanceOf(KeyConflictException.class);
        assertThat(stored()).isEqualTo(1);

        Receipt hosts = scene.stores.transactions().run(() -> {
            assertThatThrownBy(() -> scene.intake.takeAll(list)).isInstanceOf(KeyConflictException.class);
            return take(OutboxScene.to(104));
        });
        assertThat(stored()).isEqualTo(2);
        assertThat(scene.status(hosts.id())).isEqualTo(MessageStatus.QUEUED);
        assertThat(scene.stores.outbox().withKey(TenantId.DEFAULT, "before")).isEmpty();
    }

    @Test
    void a_mistake_in_one_message_stores_none() {
        OutboundMessage templated = OutboxScene.to(101)
                .content(new Content.Templated("no-such-one", null, Locale.ROOT, Map.of()))
                .build();

        assertThatThrownBy(
                        () -> scene.intake.takeAll(List.of(OutboxScene.to(100).build(), templated)))
                .isInstanceOf(RuntimeException.class);

        assertThat(stored()).isZero();
        assertThat(scene.hints).isZero();
    }

    @Test
    void without_any_sender_nothing_is_stored_and_the_error_says_what_to_do() {
        Intake intake = new Intake(
                scene.stores,
                new Gates(List.of(), HOUR),
                new Preparation(
                        new MessageIds(scene.time, new Random(1)),
                        Accounts.orHouse(),
                        null,
                        new Templates(TemplateStore.inMemory()),
                        PriceBook.unknown()),
                scene.time,
                () -> {});

        assertThatThrownBy(() -> intake.take(OutboxScene.to(100).build()))
                .isInstanceOf(NotConfiguredException.class)
                .hasMessageContaining("from(");
        assertThat(stored()).isZero();
        assertThat(intake.take(OutboxScene.to(100).from(OutboxScene.SENDER).build())
                        .status())
                .isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void receipts_come_in_the_order_of_the_messages() {
        List<OutboundMessage> messages = IntStream.range(0, 40)
                .mapToObj(i -> OutboxScene.to(100 + i / 2)
                        .tag("place", "" + i)
                        .allowRepeat()
                        .build())
                .toList();

        List<Receipt> receipts = scene.intake.takeAll(messages);

        assertThat(receipts).hasSize(40);
        for (int i = 0; i < 40; i++) {
            assertThat(scene.messages
                            .find(receipts.get(i).id())
                            .orElseThrow()
                            .stored()
                            .message()
                            .tags())
                    .containsEntry("place", "" + i);
        }
        assertThat(scene.intake.takeAll(List.of())).isEmpty();
    }

    @Test
    void one_key_twice_in_a_list_is_one_message() {
        List<Receipt> receipts = scene.intake.takeAll(List.of(
                OutboxScene.to(100).key("order 42").build(),
                OutboxScene.to(100).key("order 42").build()));

        assertThat(receipts.get(1)).isEqualTo(receipts.get(0));
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void the_hosts_rollback_takes_the_message_along() {
        assertThatThrownBy(() -> scene.stores.transactions().execute(() -> {
                    take(OutboxScene.to(100).key("order 42"));
                    throw new IllegalStateException("the host's own trouble");
                }))
                .hasMessage("the host's own trouble");

        assertThat(stored()).isZero();
        assertThat(scene.hints).isZero();
        assertThat(take(OutboxScene.to(100).key("order 42")).status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void without_facts_nothing_is_taken_in() {
        Stores s = scene.stores;
        StoreUnavailableException down = new StoreUnavailableException("the facts cannot be read", new IOException());
        Stores blind = Substituted.facts(s, questions -> {
            throw down;
        });
        Intake intake = scene.intake(blind, new OptOutGate());

        assertThatThrownBy(() -> intake.take(OutboxScene.to(100).key("order 42").build()))
                .isSameAs(down);

        assertThat(stored()).isZero();
        assertThat(s.outbox().withKey(TenantId.DEFAULT, "order 42")).isEmpty();
    }

    @Test
    void an_ended_message_is_sent_again_as_a_new_one_without_the_key() {
        Receipt first = take(OutboxScene.to(100).key("order 42").tag("order", "42"));
        scene.answered(first.id(), new Outcome.Rejected(21211));

        Receipt again = scene.intake.resend(first.id());

        MessageView view = scene.messages.find(again.id()).orElseThrow();
        assertThat(view.stored().resendOf()).isEqualTo(first.id());
        assertThat(view.stored().message().key()).isNull();
        assertThat(view.stored().message().tags()).containsEntry("order", "42");
        assertThat(scene.status(first.id())).isEqualTo(MessageStatus.FAILED);
    }

    @Test
    void an_expired_message_is_sent_again_without_its_time_to_live() {
        Receipt first = take(OutboxScene.to(100).expiresAfter(Duration.ofMinutes(1)));
        scene.time.forward(HOUR);
        scene.answered(first.id(), new Outcome.Unsent("connection refused"));
        assertThat(scene.status(first.id())).isEqualTo(MessageStatus.EXPIRED);

        Receipt again = scene.intake.resend(first.id());

        assertThat(again.status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(scene.messages.find(again.id()).orElseThrow().stored().expiresAt())
                .isNull();
    }

    @Test
    void gates_are_asked_about_a_resent_message_too() {
        Receipt first = take(OutboxScene.to(100));
        scene.report(scene.answered(first.id(), OutboxScene.accepted()), AttemptStatus.DELIVERED, 0);

        assertThat(scene.intake.resend(first.id()).status()).isEqualTo(MessageStatus.REFUSED);
    }

    @Test
    void only_an_ended_message_is_sent_again() {
        MessageId waiting = take(OutboxScene.to(100)).id();
        MessageId accepted = take(OutboxScene.to(101)).id();
        scene.answered(accepted, OutboxScene.accepted());
        MessageId unknown = new MessageId(new UUID(1, 1));

        for (MessageId id : List.of(waiting, accepted, unknown)) {
            assertThatThrownBy(() -> scene.intake.resend(id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(id.toString());
        }
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void a_dry_run_stores_nothing() {
        DryRun run = scene.intake.dryRun(OutboxScene.to(100).key("order 42").build());

        assertThat(run.receipt().status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(run.decisions()).hasSize(4);
        assertThat(stored()).isZero();
        assertThat(scene.messages.find(run.receipt().id())).isEmpty();
        assertThat(scene.stores.outbox().withKey(TenantId.DEFAULT, "order 42")).isEmpty();
    }
}
