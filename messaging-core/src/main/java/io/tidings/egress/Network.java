package io.tidings.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, written like {@code 10.0.0.0/8} or {@code 2001:db8::/32}; one address is a network too. Nothing
 * is looked up. IPv4 written as IPv6 ({@code ::ffff:10.0.0.1}) is the IPv4 address. Immutable.
 *
 * @param first the first of them
 * @param bits how many bits they share
 */
public record Network(InetAddress first, int bits) {
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Reads several as {@link #parse} reads one. */
    public static List<Network> all(List<String> written) {
        return written.stream().map(Network::parse).toList();
    }

    /** Reads {@code address/bits}, or one address. Throws {@link IllegalArgumentException} for what is neither. */
    public static Network parse(String text) {
        String[] parts = text.split("/", -1);
        InetAddress first = address(parts[0]).orElseThrow(() -> wrong(text));
        int longest = first.getAddress().length * 8;
        if (parts.length == 1) {
            return new Network(first, longest);
        }
        if (parts.length > 2 || !parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > longest) {
            throw wrong(text);
        }
        return new Network(first, Integer.parseInt(parts[1]));
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no address and no network; write it like 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32");
    }

    /** The address, if the text is one; a name is none, nor four numbers with leading zeros, which some read as octal. */
    public static Optional<InetAddress> address(String text) {
        if (!Literal.isDotted(text) && !SIX.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is in any of them. */
    public static boolean anyHas(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.has(address));
    }

    /** Whether the address is in it. */
    public boolean has(InetAddress address) {
        byte[] wanted = first.getAddress();
        byte[] got = address.getAddress();
        if (wanted.length != got.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        int mask = 0xff << (8 - rest);
        return Arrays.equals(wanted, 0, whole, got, 0, whole)
                && (rest == 0 || (wanted[whole] & mask) == (got[whole] & mask));
    }

    /** Whether every address of the other is in it. */
    public boolean covers(Network other) {
        return other.bits >= bits && has(other.first);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
