package io.tidings.dispatch;

import java.time.Duration;

/**
 * How a start finds out whether its store was restored from a backup, and has forgotten what was sent since.
 *
 * @param on whether it looks; default: yes, where the provider can list what was sent
 * @param window how far back it looks; default 24 h. Restore no backup that is older than this
 * @param slack between the provider's clock and the store's; default one minute
 */
public record RestoreCheck(boolean on, Duration window, Duration slack) {
    /** Checks the window. */
    public RestoreCheck {
        if (window.isNegative() || window.isZero() || slack.isNegative()) {
            throw new IllegalArgumentException(
                    "a window is positive and a slack not negative, got " + window + " and " + slack);
        }
    }

    /** The defaults named above. */
    public static RestoreCheck defaults() {
        return new RestoreCheck(true, Duration.ofHours(24), Duration.ofMinutes(1));
    }

    /** Does not look: whoever restores a backup has to look. */
    public static RestoreCheck off() {
        return new RestoreCheck(false, Duration.ofHours(24), Duration.ofMinutes(1));
    }

    /** The same with another window. */
    public RestoreCheck withWindow(Duration other) {
        return new RestoreCheck(on, other, slack);
    }
}
