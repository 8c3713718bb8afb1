package io.tidings.message;

import static java.util.Objects.requireNonNull;

/**
 * One of our addresses that people write to.
 *
 * @param sender a number or short code
 * @param whatsApp whether it is the WhatsApp address of that number
 */
public record Mailbox(Sender sender, boolean whatsApp) {

    /** Refuses what nobody can write to. */
    public Mailbox {
        requireNonNull(sender, "sender");
        boolean number = sender instanceof Sender.Number;
        if (!number && (whatsApp || !(sender instanceof Sender.ShortCode))) {
            throw new IllegalArgumentException(
                    "people write to a number, a short code or the WhatsApp address of a number; a name takes no answers,"
                            + " and of a messaging service give the numbers in its pool");
        }
    }

    /** A number or short code that is texted to. */
    public static Mailbox texts(Sender sender) {
        return new Mailbox(sender, false);
    }

    /** A number on WhatsApp. */
    public static Mailbox whatsApp(PhoneNumber number) {
        return new Mailbox(new Sender.Number(number), true);
    }
}
