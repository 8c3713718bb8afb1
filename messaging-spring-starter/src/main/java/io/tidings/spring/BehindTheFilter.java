package io.tidings.spring;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What lies behind {@link WebhookFilter}: containers call filters only on the way to a servlet, and a host may have none at
 * this path. Never reached; forbids, should it ever be.
 */
final class BehindTheFilter extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    }
}
