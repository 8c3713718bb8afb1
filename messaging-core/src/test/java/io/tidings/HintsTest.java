package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.Hints;
import io.tidings.outbox.Stores;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who tells other nodes when, and who listens. */
class HintsTest {
    private final List<String> calls = new ArrayList<>();
    private final SteppableTime time = new SteppableTime();

    private final class Recorded implements Hints {
        @Override
        public void tell() {
            calls.add("tell");
        }

        @Override
        public void listen(Runnable wake) {
            calls.add("listen");
            wake.run();
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private Tidings node() {
        return Tidings.builder(new FakeProvider(time))
                .stores(Stores.inMemory(time))
                .from("55512")
                .homeCountry("US")
                .time(time)
                .hints(new Recorded())
                .build();
    }

    private static OutboundMessage text(String text) {
        return OutboundMessage.to(new PhoneNumber("+12025550100")).text(text).build();
    }

    @Test
    void a_node_that_only_takes_messages_in_tells_others_and_listens_to_nobody() {
        try (Tidings tidings = node()) {
            tidings.send(text("Your car is ready."));

            assertThat(calls).containsExactly("tell");
        }
        assertThat(calls).containsExactly("tell", "close");
    }

    @Test
    void nobody_is_told_of_what_was_undone() {
        try (Tidings tidings = node()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tidings.transactions().execute(() -> {
                        tidings.send(text("Your car is ready."));
                        throw new IllegalArgumentException("the host changed its mind");
                    }));

            assertThat(calls).isEmpty();
        }
    }

    @Test
    void a_node_that_sends_listens_from_its_start() {
        try (Tidings tidings = node()) {
            tidings.start();

            assertThat(calls).containsExactly("listen");
        }
    }
}
