package io.tidings.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class EventKindTest {

    @Test
    void every_event_has_a_kind() {
        assertThat(Arrays.stream(EventKind.values()).map(EventKind::type))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(MessagingEvent.class.getPermittedSubclasses())
                        .map(type -> type.asSubclass(MessagingEvent.class))
                        .toList());
        assertThat(EventKind.of(MessagingEvent.class)).isEqualTo(EnumSet.allOf(EventKind.class));
        assertThat(EventKind.of(MessageFailed.class)).containsExactly(EventKind.MESSAGE_FAILED);
    }

    @Test
    void pauses_double_to_four_hours() {
        EventSettings settings = EventSettings.defaults();
        assertThat(settings.pauseAfter(1)).hasSeconds(1);
        assertThat(settings.pauseAfter(4)).hasSeconds(8);
        assertThat(settings.pauseAfter(15)).hasHours(4);
        assertThat(settings.pauseAfter(1000)).hasHours(4);
    }
}
