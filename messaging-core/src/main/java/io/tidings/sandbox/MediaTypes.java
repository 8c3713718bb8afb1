package io.tidings.sandbox;

import java.util.Locale;

/** Guesses the type of a media file by its ending; the sandbox never fetches it. */
final class MediaTypes {
    private MediaTypes() {}

    static String of(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".png")) {
            return "image/png";
        }
        if (lower.endsWith(".gif")) {
            return "image/gif";
        }
        return lower.endsWith(".mp4") ? "video/mp4" : "image/jpeg";
    }
}
