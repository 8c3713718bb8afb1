package io.tidings.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.gate.ContentFlags;
import io.tidings.gate.ContentListener.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InboundFlagsTest {
    private static final ContentFlags FLAGS = ContentFlags.none().with("legal", ContentFlags.Action.FLAG, "my lawyer");

    @Test
    void what_people_write_raises_the_same_flags_as_what_they_are_sent() {
        List<Finding> found = new ArrayList<>();
        try (InboundScene scene = new InboundScene(settings -> settings.contentFlags(FLAGS, found::add))) {
            scene.text("When does the shop open?");
            scene.text("You will hear from MY LAWYER.");
            scene.run();
        }

        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.flags()).isEqualTo(Set.of("legal"));
            assertThat(finding.refused()).isFalse();
        });
    }

    @Test
    void a_listener_that_throws_keeps_nobody_from_being_told_and_no_handler_from_running() {
        List<String> told = new ArrayList<>();
        List<String> handled = new ArrayList<>();
        try (InboundScene scene = new InboundScene(settings -> settings.contentFlags(FLAGS, finding -> {
                    throw new IllegalStateException("the host's own trouble");
                })
                .onInbound(message -> told.add(message.sid()))
                .onMessage(message -> {
                    handled.add(message.sid());
                    return Reply.none();
                }))) {
            scene.text("You will hear from my lawyer.");
            scene.run();
        }

        assertThat(told).hasSize(1);
        assertThat(handled).hasSize(1);
    }
}
