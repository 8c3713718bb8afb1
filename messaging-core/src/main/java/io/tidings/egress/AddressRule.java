package io.tidings.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where requests may go. Default: with TLS alone, and to addresses alone that are public: neither this machine, nor a
 * private or link-local network, nor what translates to one. Sources: the special-purpose registries of IANA for IPv4 and
 * IPv6. Immutable.
 */
public final class AddressRule {
    private static final List<Network> CLOSED = Network.all(List.of(
            "0.0.0.0/8", // this host
            "10.0.0.0/8",
            "100.64.0.0/10", // carriers' NAT
            "127.0.0.0/8",
            "169.254.0.0/16", // link-local, where clouds keep their metadata
            "172.16.0.0/12",
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16",
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3", // multicast, reserved, broadcast
            "2001::/23", // Teredo, ORCHID and other protocols
            "2001:db8::/32",
            "2002::/16", // 6to4, which carries an IPv4 address
            "2620:4f:8000::/48", // AS112
            "3fff::/20")); // documentation
    /** All other IPv6 is local, mapped, translated (NAT64), multicast or reserved. */
    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

    private final boolean http;
    private final List<Network> opened;
    /** Lower case; empty for every host. */
    private final Set<String> hosts;

    private AddressRule(boolean http, List<Network> opened, Set<String> hosts) {
        this.http = http;
        this.opened = List.copyOf(opened);
        this.hosts = Set.copyOf(hosts);
    }

    /** The default named above. */
    public static AddressRule publicAddresses() {
        return new AddressRule(false, List.of(), Set.of());
    }

    /** The same without TLS as well: whoever is on the way reads along. */
    public AddressRule allowingHttp() {
        return new AddressRule(true, opened, hosts);
    }

    /** The same with a network of the host's own, such as {@code 10.20.0.0/16}, or one address. */
    public AddressRule allowing(String network) {
        List<Network> more = new ArrayList<>(opened);
        more.add(Network.parse(network));
        return new AddressRule(http, more, hosts);
    }

    /** The same for these hosts alone, by the names in the addresses. */
    public AddressRule onlyHosts(Set<String> names) {
        Set<String> lower = new TreeSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return new AddressRule(http, opened, lower);
    }

    /** Why an address is not called whatever its name leads to; empty if it may be. Looks nothing up. */
    public Optional<String> refusal(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (!scheme.equals("https") && !(http && scheme.equals("http"))) {
            return Optional.of(http ? "it is neither https nor http" : "it is not https");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("it holds a user or a fragment");
        }
        if (host == null || !Literal.isPlain(host)) {
            return Optional.of("its host is neither a name nor a plainly written IP address");
        }
        if (!hosts.isEmpty() && !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            return Optional.of("its host is not among those allowed");
        }
        return Optional.empty();
    }

    /** Whether a connection to this address may be made. */
    public boolean allows(@Nullable InetAddress address) {
        if (address == null) {
            return false;
        }
        if (Network.anyHas(opened, address)) {
            return true;
        }
        boolean global = address instanceof Inet4Address || GLOBAL_UNICAST.has(address);
        return global && !Network.anyHas(CLOSED, address);
    }
}
