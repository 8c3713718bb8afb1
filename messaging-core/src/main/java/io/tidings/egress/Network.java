package io.tidings.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that begin with the same bits, such as {@code 10.0.0.0/8} or {@code fc00::/7}. */
final class Network {
    private static final Pattern FORM = Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:]{2,39})(?:/([0-9]{1,3}))?");

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Reads {@code address/bits}, or one address. Throws {@link IllegalArgumentException} if it is neither. */
    static Network parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches() && (text.indexOf(':') >= 0 || Literal.isDotted(form.group(1)))) {
            byte[] bytes = bytes(form.group(1));
            int bits = form.group(2) == null ? bytes.length * Byte.SIZE : Integer.parseInt(form.group(2));
            if (bits <= bytes.length * Byte.SIZE) {
                return new Network(bytes, bits);
            }
        }
        throw new IllegalArgumentException("a network is written like 10.20.0.0/16 or fd00:20::/32");
    }

    /** Looks nothing up: it is a literal. */
    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (other[i] != address[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((other[whole] ^ address[whole]) & 0xff & (0xff << (Byte.SIZE - rest))) == 0;
    }
}
