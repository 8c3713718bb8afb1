package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.account.PersonHashes;
import io.tidings.account.TidingsSecret;
import io.tidings.consent.Consent;
import io.tidings.consent.ConsentPolicy;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.consent.InboundText;
import io.tidings.consent.KeywordAction;
import io.tidings.message.AttemptId;
import io.tidings.message.AttemptStatus;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.StoreUnavailableException;
import io.tidings.message.TenantId;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Stores;
import io.tidings.outbox.Substituted;
import io.tidings.provider.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The opt-out list from {@code send()} to the wire. */
class OptOutBeforeTheWireTest {
    private static final PhoneNumber PERSON = Bench.to(100).build().to();
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Bench bench = new Bench();
    private final Consent consent = new Consent(
            bench.stores.consent(),
            bench.stores.transactions(),
            new PersonHashes(TidingsSecret.random()),
            ConsentPolicy.defaults(),
            bench.time);

    private KeywordAction hear(String words, String sid) {
        return consent.hear(InboundText.sms(PERSON, Bench.SENDER, words, sid, bench.time.instant()));
    }

    private OutboundMessage reply(KeywordAction action) {
        return java.util.Objects.requireNonNull(action.reply());
    }

    @Test
    void a_message_that_waits_is_refused_when_its_time_comes() {
        MessageId id = bench.send(Bench.to(100).at(bench.time.instant().plus(Duration.ofHours(1))))
                .id();
        hear("STOP", "SM1");

        bench.forward(Duration.ofHours(1).plus(MOMENT));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.REFUSED);
        assertThat(bench.provider.submissions()).isEmpty();
    }

    @Test
    void a_retry_heeds_a_STOP_that_came_after_the_first_attempt() {
        bench.provider.next(new Outcome.Unsent("connection refused"));
        MessageId id = bench.send(Bench.to(100)).id();
        for (int i = 0; i < 20 && bench.provider.submissions().isEmpty(); i++) {
            bench.forward(Duration.ofMillis(100));
        }
        hear("STOP", "SM1");

        bench.forward(Duration.ofMinutes(10));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.REFUSED);
        assertThat(bench.provider.submissions()).hasSize(1);
    }

    @Test
    void the_confirmation_of_STOP_goes_out_once_and_nothing_else_does() {
        OutboundMessage reply = reply(hear("STOP", "SM1"));

        Receipt first = bench.intake.take(reply);
        Receipt second = bench.intake.take(reply);
        bench.forward(MOMENT);
        bench.report(new AttemptId(first.id(), 1), AttemptStatus.DELIVERED, 0);
        Receipt third = bench.intake.take(reply);
        Receipt resent = bench.intake.resend(first.id());
        Receipt other = bench.send(Bench.to(100));
        bench.forward(Duration.ofMinutes(1));

        assertThat(second.id()).isEqualTo(first.id()).isEqualTo(third.id());
        assertThat(bench.status(first.id())).isEqualTo(MessageStatus.DELIVERED);
        assertThat(resent.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(other.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(bench.provider.submissions()).hasSize(1);
        assertThat(bench.stores.decisions().decisions(first.id()))
                .filteredOn(each -> each.gate().equals("opt-out"))
                .allSatisfy(each -> assertThat(each.decision().reason()).contains("one answer"));
    }

    @Test
    void HELP_is_answered_though_the_person_left() {
        hear("STOP", "SM1");

        MessageId id = bench.intake.take(reply(hear("HELP", "SM2"))).id();
        bench.forward(MOMENT);

        assertThat(bench.status(id)).isEqualTo(MessageStatus.ACCEPTED);
    }

    @Test
    void a_block_of_the_provider_holds_for_its_sender_until_START() {
        bench.provider.next(new Outcome.Rejected(21610));
        bench.send(Bench.to(100));
        bench.forward(MOMENT);

        consent.optIn(ConsentScope.of(TenantId.DEFAULT), PERSON, Evidence.host("web form"));
        assertThat(bench.send(Bench.to(100).text("Are you there?")).status()).isEqualTo(MessageStatus.REFUSED);
        hear("START", "SM1");
        assertThat(bench.send(Bench.to(100).text("Welcome back.")).status()).isEqualTo(MessageStatus.QUEUED);
    }

    @Test
    void while_the_list_cannot_be_read_nothing_leaves_and_nothing_is_lost() {
        AtomicBoolean down = new AtomicBoolean();
        Stores s = bench.stores;
        Stores shaky = Substituted.facts(s, asked -> {
            if (down.get()) {
                throw new StoreUnavailableException("the consent ledger cannot be read", new IOException());
            }
            return s.facts().read(asked);
        });
        WorkerSetup setup = bench.setup;
        Worker worker = new Worker(new WorkerSetup(
                shaky,
                bench.settler,
                bench.gates,
                setup.providers(),
                null,
                setup.settings(),
                setup.rates(),
                setup.polls(),
                setup.looks(),
                bench.time,
                Runnable::run));
        MessageId id = bench.send(Bench.to(100)).id();

        down.set(true);
        forward(worker);
        assertThat(bench.provider.submissions()).isEmpty();
        assertThat(bench.status(id)).isEqualTo(MessageStatus.QUEUED);

        down.set(false);
        forward(worker);
        assertThat(bench.provider.submissions()).hasSize(1);
    }

    private void forward(Worker worker) {
        for (int i = 0; i < 50; i++) {
            bench.time.forward(Duration.ofMillis(100));
            worker.runDue();
        }
    }
}
