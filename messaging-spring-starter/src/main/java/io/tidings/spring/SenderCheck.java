package io.tidings.spring;

import io.tidings.message.InvalidNumberException;
import io.tidings.message.Sender;
import java.util.Optional;

/** Reads the default sender, and refuses a start with one that none can be. */
final class SenderCheck {
    private SenderCheck() {}

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
