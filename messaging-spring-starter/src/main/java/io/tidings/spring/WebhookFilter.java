package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.message.NotConfiguredException;
import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the provider calls, and lets nothing of it through to the filters and servlets behind: whatever comes to
 * its path is signed or gets 403. It stands before the filters of Spring Security and before those that read forms,
 * because the signature covers the body as it came.
 */
final class WebhookFilter implements Filter {
    private final Supplier<Tidings> tidings;
    private final TidingsWebhookProperties settings;
    private final List<WebhookDecorator> decorators;
    private volatile @Nullable Function<WebhookRequest, WebhookResponse> webhooks;

    WebhookFilter(Supplier<Tidings> tidings, TidingsWebhookProperties settings, List<WebhookDecorator> decorators) {
        this.tidings = tidings;
        this.settings = settings;
        this.decorators = List.copyOf(decorators);
    }

    @Override
    public void doFilter(ServletRequest anyRequest, ServletResponse anyResponse, FilterChain chain) throws IOException {
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        try {
            HttpServletRequest arrived = unwrapped(request);
            WebhookRequest asked =
                    new WebhookRequest(arrived.getMethod(), target(arrived), headers(arrived), FormBytes.of(request));
            answer(response, webhooks(arrived.getContextPath()).apply(asked));
        } catch (NotConfiguredException e) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** As the container took it in: filters before us may have changed the path by headers that anybody can write. */
    private static HttpServletRequest unwrapped(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof HttpServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
            inner = wrapped;
        }
        return inner;
    }

    private Function<WebhookRequest, WebhookResponse> webhooks(String contextPath) {
        Function<WebhookRequest, WebhookResponse> mounted = webhooks;
        return mounted == null ? mount(contextPath) : mounted;
    }

    /** Once: each has threads of its own. */
    private synchronized Function<WebhookRequest, WebhookResponse> mount(String contextPath) {
        Function<WebhookRequest, WebhookResponse> mounted = webhooks;
        if (mounted == null) {
            mounted = tidings.get()
                    .webhooks()
                    .mountedAt(contextPath + settings.path())
                    .answeringWithin(settings.answerWithin())::handle;
            for (WebhookDecorator each : decorators) {
                mounted = each.decorate(mounted);
            }
            webhooks = mounted;
        }
        return mounted;
    }

    private static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return headers;
    }

    private static void answer(HttpServletResponse response, WebhookResponse answer) throws IOException {
        response.setStatus(answer.status());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            response.setContentType(answer.contentType());
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
