package io.tidings.spring.rest;

import io.tidings.egress.Network;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tells which address a request comes from, and whether that may call at all. The header {@code X-Forwarded-For} counts only
 * if a trusted proxy sent the request, and only as far as trusted proxies wrote it: from its end to the first address that
 * is none of theirs. Anybody can write the rest.
 */
final class Origins {
    private final List<Network> allowed;
    private final List<Network> proxies;

    Origins(List<Network> allowed, List<Network> proxies) {
        this.allowed = List.copyOf(allowed);
        this.proxies = List.copyOf(proxies);
    }

    /** Throws 403 for a request from elsewhere. */
    void admit(HttpServletRequest request) {
        require(allowed, request);
    }

    /** Throws 403 unless the request comes from one of these; none means from anywhere. */
    void require(List<Network> networks, HttpServletRequest request) {
        if (networks.isEmpty()) {
            return;
        }
        Optional<InetAddress> from = of(request);
        if (from.isEmpty() || !Network.anyHas(networks, from.get())) {
            throw new Problem(403, "address-not-allowed", "Requests from this address are not allowed here.");
        }
    }

    /** Empty if nobody can tell. */
    private Optional<InetAddress> of(HttpServletRequest request) {
        HttpServletRequest arrived = arrived(request);
        Optional<InetAddress> from = Network.address(arrived.getRemoteAddr());
        List<String> written = hops(arrived);
        for (int i = written.size() - 1; i >= 0 && isProxy(from); i--) {
            from = Network.address(written.get(i));
        }
        return from;
    }

    private boolean isProxy(Optional<InetAddress> address) {
        return address.filter(each -> Network.anyHas(proxies, each)).isPresent();
    }

    private static List<String> hops(HttpServletRequest request) {
        List<String> hops = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("X-Forwarded-For"))) {
            for (String hop : header.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        return hops;
    }

    /** As the container took it in: filters before us may have changed it by headers that anybody can write. */
    static HttpServletRequest arrived(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof HttpServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
            inner = wrapped;
        }
        return inner;
    }
}
