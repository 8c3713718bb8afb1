package io.tidings.sandbox;

import java.util.SplittableRandom;

/**
 * Decides what happens to messages by the number they go to. Called by many threads; the same arguments must always
 * give the same outcome, so that a run can be repeated from its seed.
 */
@FunctionalInterface
public interface HandsetProfile {
    /**
     * Returns the outcome of one message.
     *
     * @param number the handset's number, in E.164
     * @param nth which message to this number it is, from 1
     */
    HandsetOutcome outcome(String number, int nth);

    /** Returns a network that delivers everything. */
    static HandsetProfile allDelivered() {
        return (number, nth) -> new HandsetOutcome.Delivered();
    }

    /**
     * Returns the default network. Shares of the numbers (ours, invented): 94.5 % deliver always; 1.5 % are switched off
     * (30003) and 1 % answer with an unknown error (30008) for their first one to three messages and deliver then;
     * 1 % do not exist (30005), 1 % are landlines (30006), 1 % are filtered (30007).
     */
    static HandsetProfile mixed(long seed) {
        return (number, nth) -> {
            SplittableRandom random = new SplittableRandom(seed * 31 + number.hashCode());
            random.nextLong();
            int draw = random.nextInt(1000);
            int badMessages = 1 + random.nextInt(3);
            if (draw < 945) {
                return new HandsetOutcome.Delivered();
            }
            if (draw < 970) {
                return nth > badMessages
                        ? new HandsetOutcome.Delivered()
                        : new HandsetOutcome.Undelivered(draw < 960 ? 30003 : 30008);
            }
            return new HandsetOutcome.Undelivered(draw < 980 ? 30005 : draw < 990 ? 30006 : 30007);
        };
    }

    /** Returns this network with a share (0 to 1) of the numbers giving no receipts: {@code sent} is their last status. */
    default HandsetProfile withoutReceipts(double share, long seed) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("The share without receipts lies between 0 and 1, not " + share);
        }
        return (number, nth) -> {
            SplittableRandom random = new SplittableRandom(seed * 37 + number.hashCode());
            random.nextLong();
            return random.nextDouble() < share ? new HandsetOutcome.NoReceipt() : outcome(number, nth);
        };
    }
}
