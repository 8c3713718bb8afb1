package io.tidings.dispatch;

import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import io.tidings.message.SmartEncoding;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text as it is compared with what the provider lists, which may have changed it: by smart encoding, by trimming, and
 * on a trial account by a line before it.
 *
 * <p>Not undone: shortened links and texts that the provider does not keep. Such a message is not found, which proves
 * nothing; presence proves, absence does not.
 */
record NormalForm(String text) {
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    /** Twilio writes this before every text of a trial account. */
    private static final String TRIAL = "Sent from your Twilio trial account - ";

    /** Empty where there is no text to compare. */
    static Optional<NormalForm> of(Content content) {
        return Optional.of(normal(content.body().text()))
                .filter(form -> !form.text().isEmpty());
    }

    /** Whether the provider's text is this one. */
    boolean fits(MessageBody seen) {
        String other = normal(seen.text()).text();
        return other.equals(text)
                || (other.startsWith(TRIAL) && other.substring(TRIAL.length()).equals(text));
    }

    private static NormalForm normal(String text) {
        return new NormalForm(
                SPACES.matcher(SmartEncoding.apply(text)).replaceAll(" ").strip());
    }

    /** Holds a text. */
    @Override
    public String toString() {
        return "NormalForm[" + text.length() + " characters]";
    }
}
