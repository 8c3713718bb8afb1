package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.audit.Actor;
import io.tidings.message.TenantId;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers the API: recognises the caller, finds the endpoint, reads the request strictly, and tells mistakes as problems
 * with a code. It uses nothing of the host's web framework, so no converter or advice of the host changes what is answered.
 */
final class RestServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 1024 * 1024;
    /** The page of the documentation runs its own scripts alone, talks to this host alone, and is shown in no other page. */
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:;"
                    + " style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /** What a test key may call: there it stores nothing. */
    private static final Set<String> CHECKED_ONLY =
            Set.of("/messages", "/messages/batch", "/messages/preview", "/bulk", "/triggers/{name}");

    private final transient Door door;
    private final transient List<Endpoint> endpoints;
    private final transient Documentation documentation;
    private final transient CurrentCaller caller;

    RestServlet(Door door, List<Endpoint> endpoints, Documentation documentation, CurrentCaller caller) {
        this.door = door;
        this.endpoints = List.copyOf(endpoints);
        this.documentation = documentation;
        this.caller = caller;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            Caller who = door.open(request);
            String path = Objects.requireNonNullElse(request.getPathInfo(), "/");
            Optional<Documentation.Page> page = request.getMethod().equals("GET")
                    ? documentation.page(path, request.getContextPath() + request.getServletPath())
                    : Optional.empty();
            if (page.isPresent()) {
                response.setHeader("Content-Security-Policy", PAGE_POLICY);
                write(response, 200, page.get().type(), page.get().text().getBytes(StandardCharsets.UTF_8));
                return;
            }
            Answer answer = answer(request, who, path);
            answer.headers().forEach(response::setHeader);
            write(response, answer.status(), "application/json", Fields.MAPPER.writeValueAsBytes(answer.body()));
        } catch (RuntimeException e) {
            tell(response, Problem.of(e));
        }
    }

    private Answer answer(HttpServletRequest request, Caller who, String path) throws IOException {
        Access access = who.access();
        List<String> segments = List.of(path.substring(1).split("/", -1));
        List<Endpoint> there = endpoints.stream()
                .filter(each -> each.match(segments).isPresent())
                .toList();
        if (there.isEmpty()) {
            throw Problem.notFound();
        }
        Endpoint endpoint = there.stream()
                .filter(each -> each.method().equals(request.getMethod()))
                .max(Comparator.comparingInt(
                        each -> -each.match(segments).orElseThrow().size()))
                .orElseThrow(() -> Problem.wrongMethod(
                        there.stream().map(Endpoint::method).distinct().collect(Collectors.joining(", "))));
        allow(access, endpoint);
        Call call = new Call(
                who,
                tenant(request, access),
                endpoint.match(segments).orElseThrow(),
                query(request.getQueryString()),
                Fields.parse(endpoint.input() == Endpoint.Input.FILE ? new byte[0] : body(request, access, endpoint)),
                endpoint.input() == Endpoint.Input.FILE ? new Upload(type(request), request.getInputStream()) : null,
                Optional.ofNullable(request.getHeader("Idempotency-Key")).orElse(""));
        return caller.as(access.actor(), () -> endpoint.answer().apply(call));
    }

    private static void allow(Access access, Endpoint endpoint) {
        if (!access.scopes().contains(endpoint.scope())) {
            throw new Problem(403, "missing-scope", "This needs the scope " + endpoint.scope() + ".");
        }
        boolean harmless = endpoint.reads() || CHECKED_ONLY.contains(endpoint.path());
        if (access.kind() == Access.Kind.TEST && !harmless) {
            throw new Problem(403, "test-key", "A test key changes nothing.");
        }
    }

    private static TenantId tenant(HttpServletRequest request, Access access) {
        String asked = request.getHeader("X-Tidings-Tenant");
        TenantId own = access.tenant();
        if (own != null) {
            if (asked != null && !asked.equals(own.value())) {
                throw Problem.notFound();
            }
            return own;
        }
        return asked == null ? TenantId.DEFAULT : new TenantId(asked);
    }

    private static Map<String, String> query(@Nullable String query) {
        Map<String, String> all = new LinkedHashMap<>();
        if (query != null && !query.isEmpty()) {
            for (String parameter : query.split("&", -1)) {
                if (parameter.isEmpty()) {
                    continue;
                }
                String[] parts = parameter.split("=", 2);
                String value = parts.length < 2 ? "" : decoded(parts[1]);
                if (all.put(decoded(parts[0]), value) != null) {
                    throw Problem.invalid("A parameter is given twice.");
                }
            }
        }
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("The query has a broken escape.");
        }
    }

    private static String type(HttpServletRequest request) {
        String type = Objects.requireNonNullElse(request.getContentType(), "");
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static byte[] body(HttpServletRequest request, Access access, Endpoint endpoint) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new Problem(413, "too-large", "A request has at most " + MOST_BYTES + " bytes.");
        }
        boolean json = type(request).equals("application/json");
        boolean changes = !request.getMethod().equals("GET");
        // No page of another site can send a key, so with one nothing need be said of a body that is not there.
        boolean allInTheAddress = endpoint.input() == Endpoint.Input.PARAMETERS
                && body.length == 0
                && access.actor().kind() == Actor.Kind.API_KEY;
        // Also without a body: only a request of the page's own site may have this type unasked.
        if (changes && !json && !allInTheAddress) {
            throw new Problem(415, "not-json", "Send Content-Type: application/json.");
        }
        return changes ? body : new byte[0];
    }

    private static void tell(HttpServletResponse response, Problem problem) throws IOException {
        ObjectNode json = Views.object()
                .put("type", "urn:tidings:problem:" + problem.code())
                .put("title", problem.code().replace('-', ' '))
                .put("status", problem.status())
                .put("code", problem.code())
                .put("detail", problem.detail());
        if (problem.status() == 401) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"tidings\"");
        }
        problem.headers().forEach(response::setHeader);
        if (problem.status() == 503) {
            response.setHeader("Retry-After", "5");
        }
        write(response, problem.status(), "application/problem+json", Fields.MAPPER.writeValueAsBytes(json));
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
