package io.tidings.gate;

import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.util.Map;
import java.util.Set;

/** Looks for content flags when a message is taken in; its text does not change afterwards. */
final class ContentGate implements DecisionListener {
    private static final String FLAGS = "flags";
    private static final Decision TAKEN_IN = new Decision.Pass("its text was looked at before", Map.of());
    private static final Decision CLEAN = new Decision.Pass("its text raises no flag", Map.of());

    private final ContentFlags flags;
    private final ContentListener listener;

    ContentGate(ContentFlags flags, ContentListener listener) {
        this.flags = flags;
        this.listener = listener;
    }

    @Override
    public String name() {
        return "content";
    }

    @Override
    public Decision check(GateRequest request) {
        if (request.stage() == Stage.SEND) {
            return TAKEN_IN;
        }
        Set<String> found = flags.find(request.message().content().body().text());
        if (found.isEmpty()) {
            return CLEAN;
        }
        Map<String, String> values = Map.of(FLAGS, String.join(",", found));
        boolean refused = found.stream().anyMatch(flag -> flags.action(flag) == ContentFlags.Action.REFUSE);
        return refused
                ? new Decision.Refuse("its text raises a flag that refuses it", values)
                : new Decision.Pass("its text raises a flag", values);
    }

    @Override
    public void committed(MessageId message, TenantId tenant, Decision decision) {
        String found = decision.values().get(FLAGS);
        if (found != null) {
            listener.flagged(new ContentListener.Finding(
                    message, tenant, Set.of(found.split(",", -1)), decision instanceof Decision.Refuse));
        }
    }
}
