package io.tidings.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where something broke and of which kind it was, without the words of the exception: those may quote a number or a text,
 * as databases quote the key that was violated. For logs only.
 */
public final class WordlessTrace extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 10;

    private WordlessTrace(Throwable thrown, @Nullable WordlessTrace cause) {
        super(thrown.getClass().getName(), cause);
        setStackTrace(thrown.getStackTrace());
    }

    /** The same kinds and places, causes included down to the tenth; what was suppressed is left out. */
    public static WordlessTrace of(Throwable thrown) {
        return Objects.requireNonNull(of(thrown, DEEPEST));
    }

    private static @Nullable WordlessTrace of(@Nullable Throwable thrown, int deepest) {
        return thrown == null || deepest == 0 ? null : new WordlessTrace(thrown, of(thrown.getCause(), deepest - 1));
    }
}
