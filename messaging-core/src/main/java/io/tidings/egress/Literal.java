package io.tidings.egress;

import java.util.regex.Pattern;

/** How a host is written in an address. Of the many ways to write an IP address only the plain ones are known. */
final class Literal {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern DOTTED = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern BRACKETED = Pattern.compile("\\[[0-9a-fA-F:]{2,39}]");
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?",
            Pattern.CASE_INSENSITIVE);
    /** Parsers of addresses take the last label for a number if it begins so. */
    private static final Pattern NUMBERISH = Pattern.compile("(?i)(?:.*\\.)?0x[0-9a-f]*");

    private Literal() {}

    /** Four numbers, none with a leading zero. */
    static boolean isDotted(String host) {
        return DOTTED.matcher(host).matches();
    }

    /** A name whose last label begins with a letter, a plain IPv4 address, or IPv6 without zone and dots. */
    static boolean isPlain(String host) {
        return isDotted(host)
                || BRACKETED.matcher(host).matches()
                || (NAME.matcher(host).matches() && !NUMBERISH.matcher(host).matches());
    }
}
