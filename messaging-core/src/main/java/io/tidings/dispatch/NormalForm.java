package io.tidings.dispatch;

import io.tidings.message.Content;
import io.tidings.message.SmartEncoding;
import io.tidings.provider.ProviderMessage;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A content as it is compared with what the provider lists: a text, which may have changed it: by smart encoding, by trimming, and
 * on a trial account by a line before it.
 *
 * <p>Media without a text are compared by their number, which is all that the list shows of them.
 *
 * <p>Not undone: shortened links and texts that the provider does not keep. Such a message is not found, which proves
 * nothing; presence proves, absence does not.
 */
record NormalForm(String text, int media) {
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    /** Twilio writes this before every text of a trial account. */
    private static final String TRIAL = "Sent from your Twilio trial account - ";

    /** Empty where there is nothing to compare. */
    static Optional<NormalForm> of(Content content) {
        String text = normal(content.body().text());
        int media = text.isEmpty() && content instanceof Content.Media one
                ? one.media().size()
                : 0;
        return Optional.of(new NormalForm(text, media))
                .filter(form -> !form.text().isEmpty() || form.media() > 0);
    }

    /** Whether there are words to compare, not only a number of media. */
    boolean hasText() {
        return !text.isEmpty();
    }

    /** Whether the provider's message may be this one. */
    boolean fits(ProviderMessage seen) {
        String other = normal(seen.body().text());
        boolean same = other.equals(text) || (TRIAL + text).strip().equals(other);
        return same && (!text.isEmpty() || seen.media() == media);
    }

    private static String normal(String text) {
        return SPACES.matcher(SmartEncoding.apply(text)).replaceAll(" ").strip();
    }

    /** Holds a text. */
    @Override
    public String toString() {
        return "NormalForm[" + text.length() + " characters, " + media + " media]";
    }
}
