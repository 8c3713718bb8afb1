package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChannelTest {
    @Test
    void there_are_four_channels() {
        assertThat(Channel.values()).hasSize(4);
    }
}
