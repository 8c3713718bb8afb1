package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.gate.Decision;
import io.tidings.gate.GateRecord;
import io.tidings.gate.Stage;
import io.tidings.history.DecisionStore;
import io.tidings.message.MessageId;
import io.tidings.message.MessageStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link DecisionStore} does. */
abstract class DecisionStoreContract extends StoreContract {

    DecisionStoreContract(AllStoresContract author) {
        super(author);
    }

    private DecisionStore decisions() {
        return stores().decisions();
    }

    @Test
    void every_kind_of_decision_is_kept_with_its_values_in_order() {
        MessageId message = id(waiting());
        GateRecord passed = passed("expiry");
        GateRecord delayed = record(new Decision.Delay(FAR_FUTURE, "it is night there", Map.of("zone", "UTC")));
        GateRecord refused = record(new Decision.Refuse("the country is not open", Map.of("country", "DE")));
        GateRecord expired = record(new Decision.Refuse(MessageStatus.EXPIRED, "it is over", Map.of()));

        decisions().append(message, List.of(passed, delayed));
        decisions().append(message, List.of(refused));
        decisions().append(message, List.of(expired));

        assertThat(decisions().decisions(message)).containsExactly(passed, delayed, refused, expired);
    }

    private static GateRecord record(Decision decision) {
        return new GateRecord("some gate", Stage.SEND, decision, LONG_AGO);
    }

    @Test
    void decisions_belong_to_their_message() {
        MessageId message = id(waiting());
        decisions().append(message, List.of(passed("expiry")));
        decisions().append(message, List.of());

        assertThat(decisions().decisions(message)).hasSize(1);
        assertThat(decisions().decisions(id(waiting()))).isEmpty();
    }

    @Test
    void many_messages_are_appended_to_at_once() {
        MessageId first = id(waiting());
        MessageId second = id(waiting());
        decisions().append(first, List.of(passed("expiry")));

        decisions().append(Map.of(first, List.of(passed("backlog")), second, List.of(), id(waiting()), List.of()));

        assertThat(decisions().decisions(first)).containsExactly(passed("expiry"), passed("backlog"));
        assertThat(decisions().decisions(second)).isEmpty();
    }
}
