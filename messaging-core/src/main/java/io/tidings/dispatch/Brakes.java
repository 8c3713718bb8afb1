package io.tidings.dispatch;

import io.tidings.message.Failure;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Standstill;
import java.time.Duration;

/** Stops a sender or an account of this node for a while. Any thread. */
record Brakes(OwnSenders senders, Lines lines) implements Standstill {
    @Override
    public void pauseSender(SenderKey sender, Duration atLeast) {
        SenderPace pace = senders.known(sender);
        if (pace != null) {
            pace.pause(atLeast);
        }
    }

    @Override
    public void pauseAccount(SenderKey sender, Duration atLeast, Failure failure) {
        Line line = lines.find(sender.account());
        if (line != null) {
            line.state().pause(atLeast, failure);
        }
    }
}
