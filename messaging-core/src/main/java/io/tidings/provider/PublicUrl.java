package io.tidings.provider;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks the address under which the provider reaches us, because the provider would only say "invalid URL" later. */
final class PublicUrl {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(.*/)?\\.\\.?(/.*)?");

    private PublicUrl() {}

    /** Lower-case scheme and host, port as given, path without a slash at its end. */
    static String normalize(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        require(scheme.equals("https") || scheme.equals("http"), "must start with https:// or http://");
        String authority = url.getRawAuthority() == null ? "" : url.getRawAuthority();
        require(
                !authority.contains("@"),
                "must not hold a user or password: the provider signs the address without it");
        require(!authority.contains("_"), "has an underscore in its host name, which Twilio refuses; use a hyphen");
        require(url.getHost() != null, "needs a host name of ASCII letters, digits, hyphens and dots");
        require(url.getPort() != 0 && url.getPort() <= 65535, "has a port outside 1 to 65535");
        require(url.getRawQuery() == null, "must not have a query; use a path");
        require(
                url.getRawFragment() == null,
                "must not have a fragment; connection overrides are a setting of their own");
        return scheme + "://" + authority.toLowerCase(Locale.ROOT) + path(url.getRawPath());
    }

    private static String path(String raw) {
        String path = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
        require(
                PATH.matcher(path).matches() && !DOT_SEGMENT.matcher(path).matches(),
                "may only have letters, digits and - . _ ~ between single slashes in its path:"
                        + " anything else is re-encoded by some proxy and breaks the signature");
        return path;
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException("the public URL " + otherwise);
        }
    }
}
