package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The account's content templates. Guarded by the network's lock. */
final class Contents {
    private final Map<String, Content> bySid = new LinkedHashMap<>();
    private final Sids sids;

    Contents(Sids sids) {
        this.sids = sids;
    }

    Content create(ObjectNode asked, Instant now) {
        Content content = new Content(sids.next("HX"), asked, now);
        bySid.put(content.sid, content);
        return content;
    }

    @Nullable
    Content find(@Nullable String sid) {
        return sid == null ? null : bySid.get(sid);
    }

    void remove(Content content) {
        bySid.remove(content.sid);
    }

    List<Content> all() {
        return List.copyOf(bySid.values());
    }
}
