package io.tidings.inbound;

import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which messages a handler gets. */
record Route(Set<Channel> channels, @Nullable Keyword keyword, InboundHandler handler, boolean now) {

    boolean takes(InboundMessage message) {
        return channels.contains(message.channel()) && (keyword == null || keyword.matches(message.text()));
    }
}
