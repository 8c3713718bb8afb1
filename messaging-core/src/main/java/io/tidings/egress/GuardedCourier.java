package io.tidings.egress;

import io.tidings.endpoint.Courier;
import io.tidings.message.ContextLoader;
import io.tidings.message.NotConfiguredException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Courier} over HTTP/1.1 that goes only where an {@link AddressRule} allows: the name is looked up for each
 * connection, all its addresses are checked, and what was checked is connected to. No redirect is followed, no proxy used,
 * no answer's body read, nothing posted twice; connecting may take 5 s and all together 15 s.
 */
public final class GuardedCourier implements Courier {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int LONGEST_WISH_DIGITS = 6;
    private static final String WISH = "Tidings-Retry-After";

    private final AddressRule rule;
    private final OkHttpClient http;

    private GuardedCourier(AddressRule rule, OkHttpClient http) {
        this.rule = rule;
        this.http = http;
    }

    /** Goes to public addresses with TLS. */
    public static GuardedCourier toPublicAddresses() {
        return within(AddressRule.publicAddresses());
    }

    /** Goes where this rule allows. */
    public static GuardedCourier within(AddressRule rule) {
        return new GuardedCourier(rule, client(rule, Dns.SYSTEM, new CheckedSockets(rule), DEADLINE));
    }

    /** For tests: with another resolver, sockets and deadline. */
    static GuardedCourier over(AddressRule rule, Dns resolver, SocketFactory sockets, Duration deadline) {
        return new GuardedCourier(rule, client(rule, resolver, sockets, deadline));
    }

    private static OkHttpClient client(AddressRule rule, Dns resolver, SocketFactory sockets, Duration deadline) {
        return new OkHttpClient.Builder()
                .dns(new CheckedLookup(resolver, rule, CONNECT))
                .socketFactory(sockets)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(CONNECT)
                .callTimeout(deadline)
                .addNetworkInterceptor(GuardedCourier::withoutFollowUp)
                .build();
    }

    /** OkHttp posts again by itself after {@code Retry-After: 0}, and fails on a figure that is no int. */
    private static Response withoutFollowUp(Interceptor.Chain chain) throws IOException {
        Response answer = chain.proceed(chain.request());
        String wish = answer.header("Retry-After");
        return wish == null
                ? answer
                : answer.newBuilder()
                        .removeHeader("Retry-After")
                        .header(WISH, wish)
                        .build();
    }

    /** The same that trusts authorities of the host's own, for systems inside. */
    public GuardedCourier trusting(SSLSocketFactory sockets, X509TrustManager authorities) {
        return new GuardedCourier(
                rule, http.newBuilder().sslSocketFactory(sockets, authorities).build());
    }

    @Override
    public void check(URI url) {
        rule.refusal(url).ifPresent(why -> {
            throw new NotConfiguredException("an endpoint's address is not called: " + why
                    + "; give an https address, or allow what you need in the AddressRule");
        });
    }

    @Override
    public Answer post(URI url, Map<String, String> headers, byte[] body) {
        if (rule.refusal(url).isPresent()) {
            return new Silent("the address may not be called");
        }
        try {
            Request request = new Request.Builder()
                    .url(url.toString())
                    .headers(Headers.of(headers))
                    .header("User-Agent", "tidings")
                    .post(RequestBody.create(body, JSON))
                    .build();
            try (Response answer = ContextLoader.lend(OkHttpClient.class, http.newCall(request)::execute)) {
                return new Answered(answer.code(), wish(answer.header(WISH)));
            }
        } catch (Exception e) {
            // Everything: OkHttp is Kotlin and lets an InterruptedException out that it does not declare.
            if (InterruptedException.class.isInstance(e)) {
                Thread.currentThread().interrupt();
            }
            return new Silent(word(e));
        }
    }

    /** Whole seconds; a date is not granted. */
    private static Duration wish(@Nullable String retryAfter) {
        boolean seconds = retryAfter != null
                && retryAfter.length() <= LONGEST_WISH_DIGITS
                && !retryAfter.isEmpty()
                && retryAfter.chars().allMatch(c -> c >= '0' && c <= '9');
        return seconds ? Duration.ofSeconds(Long.parseLong(retryAfter)) : Duration.ZERO;
    }

    /** Exceptions quote addresses, so their words stay out. */
    private static String word(Exception thrown) {
        if (thrown instanceof ForbiddenAddressException) {
            return "the address may not be called";
        }
        if (thrown instanceof UnknownHostException) {
            return "the name has no address";
        }
        if (thrown instanceof ConnectException) {
            return "nobody listens";
        }
        if (thrown instanceof SSLException) {
            return "no TLS with a certificate that is trusted";
        }
        return thrown instanceof InterruptedIOException ? "no answer in time" : "the connection broke";
    }

    /** Closes idle connections; calls under way end by themselves. */
    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
