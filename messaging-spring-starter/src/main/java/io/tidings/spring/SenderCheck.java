package io.tidings.spring;

import io.tidings.message.InvalidNumberException;
import io.tidings.message.Sender;
import java.util.Optional;

/** Reads the default sender, and refuses a start with one that none can be. */
final class SenderCheck {
    private SenderCheck() {}

    /** Throws for one that none can be, and, where one is needed, if nothing tells where the business is at home. */
    static void check(TidingsProperties properties, boolean needed) {
        if (sender(properties).isEmpty() && properties.homeCountry() == null && needed) {
            throw new SetupProblem(
                    SetupProblem.Kind.SENDER,
                    "The property tidings.from is not set, so messages have no sender, and tidings.home-country does not"
                            + " say where the business is at home.",
                    "Set tidings.from to your number, like +12025550100, to a short code, to a name with letters, or to the"
                            + " SID of a messaging service (MG…), and with one that is no number also"
                            + " tidings.home-country.");
        }
    }

    static Optional<Sender> sender(TidingsProperties properties) {
        String from = properties.from();
        String home = properties.homeCountry();
        if (from == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Sender.parse(from, home == null ? "ZZ" : home));
        } catch (InvalidNumberException e) {
            throw new SetupProblem(
                    SetupProblem.Kind.SENDER,
                    "The property tidings.from is no sender, '" + from + "': " + e.getMessage(),
                    "Set it to a number like +12025550100, to a short code, to a name with letters, or to the SID of a"
                            + " messaging service (MG…). A number in national form also needs tidings.home-country.");
        }
    }
}
