package io.tidings.egress;

import java.net.UnknownHostException;

/** An address leads to where requests may not go. */
final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException() {
        super("the address is not one that may be called");
    }
}
