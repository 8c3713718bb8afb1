package io.tidings.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentScope;
import io.tidings.consent.Evidence;
import io.tidings.gate.Decision;
import io.tidings.gate.GateRecord;
import io.tidings.gate.Stage;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import io.tidings.provider.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private final Bench bench = new Bench();

    @Test
    void a_replayed_letter_to_somebody_who_opted_out_since_is_refused_before_the_wire() {
        MessageId id = dead(Bench.to(100).build().to());
        bench.stores
                .consent()
                .append(new ConsentEntry(
                        ConsentScope.of(TenantId.DEFAULT),
                        Bench.to(100).build().to(),
                        ConsentEntry.Kind.OPT_OUT,
                        Evidence.host("web form"),
                        bench.time.instant()));

        bench.deadLetters.replay(id);
        bench.forward(Duration.ofSeconds(1));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.REFUSED);
        assertThat(bench.provider.submissions()).hasSize(1);
        List<GateRecord> decisions = bench.stores.decisions().decisions(id);
        GateRecord last = decisions.get(decisions.size() - 1);
        assertThat(last.gate()).isEqualTo("opt-out");
        assertThat(last.stage()).isEqualTo(Stage.SEND);
        assertThat(last.decision()).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void a_replayed_letter_whose_time_is_over_expires() {
        bench.provider.next(new Outcome.Rejected(21606));
        MessageId id =
                bench.send(Bench.to(100).expiresAfter(Duration.ofMinutes(5))).id();
        bench.forward(Duration.ofSeconds(1));
        assertThat(bench.status(id)).isEqualTo(MessageStatus.DEAD);
        bench.time.forward(Duration.ofMinutes(10));

        bench.deadLetters.replay(id);
        bench.forward(Duration.ofSeconds(1));

        assertThat(bench.status(id)).isEqualTo(MessageStatus.EXPIRED);
        assertThat(bench.provider.submissions()).hasSize(1);
    }

    private MessageId dead(PhoneNumber to) {
        bench.provider.next(new Outcome.Rejected(21606));
        MessageId id =
                bench.send(OutboundMessage.to(to).text("Your order is ready.")).id();
        bench.forward(Duration.ofSeconds(1));
        assertThat(bench.status(id)).isEqualTo(MessageStatus.DEAD);
        return id;
    }
}
