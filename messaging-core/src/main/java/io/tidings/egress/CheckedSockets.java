package io.tidings.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Sockets that look at the address once more when they connect: also at one that was written as a number. */
final class CheckedSockets extends SocketFactory {
    private final AddressRule rule;

    CheckedSockets(AddressRule rule) {
        this.rule = rule;
    }

    @Override
    public Socket createSocket() {
        return new Checked(rule);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unresolved();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unresolved();
    }

    private static IOException unresolved() {
        return new IOException("sockets are connected to addresses that were looked up and checked");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(localAddress, localPort));
        socket.connect(new InetSocketAddress(address, port));
        return socket;
    }

    private static final class Checked extends Socket {
        private final AddressRule rule;

        Checked(AddressRule rule) {
            this.rule = rule;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress to) || !rule.allows(to.getAddress())) {
                throw new ForbiddenAddressException();
            }
            super.connect(endpoint, timeout);
        }
    }
}
