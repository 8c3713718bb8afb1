package io.tidings.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.SentListing.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the sent messages of a page of Twilio's message list. */
final class SentJson {
    private SentJson() {}

    /** The page; empty if it cannot be understood. Behind messages older than {@code from} nothing matters. */
    static Optional<Page> page(JsonNode tree, Instant from) {
        return MessageJson.page(tree).flatMap(sent -> {
            List<ProviderMessage> young = sent.stream()
                    .filter(message -> !message.createdAt().isBefore(from))
                    .toList();
            if (young.size() < sent.size()) {
                return Optional.of(new Page(young, null));
            }
            return ReceivedJson.next(MessageJson.text(tree, "next_page_uri"))
                    .map(next -> new Page(young, next.isEmpty() ? null : next));
        });
    }
}
