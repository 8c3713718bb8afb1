package io.tidings.twilio;

import com.twilio.constant.EnumConstants.ContentType;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.HttpUtility;
import com.twilio.http.Request;
import com.twilio.http.Response;
import io.tidings.message.ContextLoader;
import io.tidings.message.TimeSource;
import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.BufferedSource;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's transport over OkHttp: one call is one request on the socket, or none, and ends by its deadline.
 *
 * <p>HTTP/1.1 only, so that a broken connection leaves one outcome unknown and not those of all streams on it.
 */
final class OneShotClient extends HttpClient implements AutoCloseable {
    /** Twilio's answers to one message have about 1 KB. */
    private static final long LONGEST_ANSWER = 1024 * 1024;
    /** A page of 1,000 messages of 1,600 characters. */
    private static final long LONGEST_LIST = 8 * LONGEST_ANSWER;

    private static final String USER_AGENT = HttpUtility.getUserAgentString(List.of("tidings"));
    private static final MediaType FORM = MediaType.get(ContentType.FORM_URLENCODED.getValue());
    private static final MediaType JSON = MediaType.get(ContentType.JSON.getValue());

    private final OkHttpClient http;
    private final @Nullable HttpUrl base;
    private volatile @Nullable Signed last;
    private final AnswerClock clock = new AnswerClock(TimeSource.system());

    OneShotClient(Limits limits, @Nullable HttpUrl base) {
        this(client(limits), base);
    }

    /** The server's clock. */
    AnswerClock clock() {
        return clock;
    }

    /** Whether requests leave this machine. */
    boolean leavesTheMachine() {
        return base == null || !Twilio.isLoopback(base.host());
    }

    private OneShotClient(OkHttpClient http, @Nullable HttpUrl base) {
        this.http = http;
        this.base = base;
    }

    private static OkHttpClient client(Limits limits) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        Way way = limits.way();
        if (way.proxy() != null) {
            builder.proxy(way.proxy());
        }
        if (way.sockets() != null && way.trust() != null) {
            builder.sslSocketFactory(way.sockets(), way.trust());
        }
        return builder.retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .protocols(List.of(Protocol.HTTP_1_1))
                .eventListenerFactory(Progress::of)
                .addNetworkInterceptor(Progress::onlyOnce)
                .connectionPool(new ConnectionPool(
                        limits.maxInFlight(), limits.keepAlive().toMillis(), TimeUnit.MILLISECONDS))
                .dns(new BoundedDns(Dns.SYSTEM, limits.connectTimeout()))
                .connectTimeout(limits.connectTimeout())
                .callTimeout(limits.deadline())
                // The call's deadline covers both; a timer of their own per read and write only costs.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
    }

    /** The same transport with a shorter deadline for connecting and for the whole call. */
    OneShotClient within(Duration deadline) {
        OkHttpClient shorter = http.newBuilder()
                .dns(new BoundedDns(Dns.SYSTEM, deadline))
                .connectTimeout(deadline)
                .callTimeout(deadline)
                .build();
        return new OneShotClient(shorter, base);
    }

    /** The SDK would repeat any request, a create too, up to three times on a 5xx. */
    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    /** The same: the owner of the attempt decides about another one. */
    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    /** Throws {@link NoAnswerException} if no whole answer came. */
    @Override
    public Response makeRequest(Request request) {
        return exchange(request, url(request));
    }

    /** Sends the request to an address found before. */
    Response exchange(Request request, HttpUrl url) {
        Progress progress = new Progress();
        okhttp3.Request.Builder wire = new okhttp3.Request.Builder()
                .url(url)
                .tag(Progress.class, progress)
                .method(request.getMethod().name(), body(request))
                .headers(headers(request));
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> wire.addHeader(name, value)));
        long longest = request.getMethod() == HttpMethod.GET ? LONGEST_LIST : LONGEST_ANSWER;
        try (okhttp3.Response answer = ContextLoader.lend(OkHttpClient.class, http.newCall(wire.build())::execute)) {
            clock.saw(answer.header("Date"));
            byte[] content = read(answer.body(), longest);
            return new Response(new WholeAnswer(content), answer.code(), headers(answer.headers()));
        } catch (Exception e) {
            // Everything: OkHttp is Kotlin and lets an InterruptedException out that it does not declare.
            if (InterruptedException.class.isInstance(e)) {
                Thread.currentThread().interrupt();
            }
            throw NoAnswerException.of(e, progress);
        }
    }

    /** Those of every request. Credentials change rarely; a lost race only makes them again. */
    private Headers headers(Request request) {
        if (request.getAuthStrategy() != null) {
            return Signed.of(request).headers;
        }
        Signed known = last;
        if (known == null || !known.isFor(request)) {
            known = Signed.of(request);
            last = known;
        }
        return known.headers;
    }

    /** Where the request goes. The SDK parses it several times over; keep it where it stays the same. */
    HttpUrl url(Request request) {
        HttpUrl url = HttpUrl.get(request.constructURL().toString());
        return base == null
                ? url
                : url.newBuilder()
                        .scheme(base.scheme())
                        .host(base.host())
                        .port(base.port())
                        .build();
    }

    private static @Nullable RequestBody body(Request request) {
        if (request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.DELETE) {
            return null;
        }
        boolean json = request.getContentType() == ContentType.JSON;
        String text = json ? request.getBody() : request.encodeFormBody();
        return new OneShotBody((text == null ? "" : text).getBytes(StandardCharsets.UTF_8), json ? JSON : FORM);
    }

    private static byte[] read(ResponseBody body, long longest) throws IOException {
        BufferedSource source = body.source();
        if (source.request(longest + 1)) {
            throw new NoAnswerException.AnswerTooLargeException();
        }
        return source.readByteArray();
    }

    private static Header[] headers(Headers headers) {
        Header[] copy = new Header[headers.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = new BasicHeader(headers.name(i), headers.value(i));
        }
        return copy;
    }

    /** Closes idle connections; calls under way end by themselves. */
    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /**
     * What a call may take.
     *
     * @param maxInFlight connections kept for the next request
     * @param keepAlive how long an idle one is kept; shorter than the server keeps it, so that a request does not meet
     *     a connection that the server is closing
     * @param connectTimeout for looking up the name, and again for connecting
     * @param deadline for the whole call
     */
    record Limits(int maxInFlight, Duration keepAlive, Duration connectTimeout, Duration deadline, Way way) {}

    /** How the server is reached: straight or through a proxy, and whose certificates are trusted. */
    record Way(
            @Nullable Proxy proxy,
            @Nullable SSLSocketFactory sockets,
            @Nullable X509TrustManager trust) {
        static final Way STRAIGHT = new Way(null, null, null);
    }

    /** The headers of everyone who has these credentials. */
    private static final class Signed {
        private final @Nullable String username;
        private final @Nullable String password;
        private final Headers headers;

        private Signed(Request request, Headers headers) {
            this.username = request.getUsername();
            this.password = request.getPassword();
            this.headers = headers;
        }

        static Signed of(Request request) {
            Headers.Builder headers =
                    new Headers.Builder().add("User-Agent", USER_AGENT).add("Accept", "application/json");
            if (request.requiresAuthentication()) {
                headers.add("Authorization", request.getAuthString());
            }
            return new Signed(request, headers.build());
        }

        boolean isFor(Request request) {
            return Objects.equals(username, request.getUsername()) && Objects.equals(password, request.getPassword());
        }
    }

    /** A body that OkHttp may write once: it never repeats a request with one. */
    private static final class OneShotBody extends RequestBody {
        private final byte[] bytes;
        private final MediaType type;

        OneShotBody(byte[] bytes, MediaType type) {
            this.bytes = bytes;
            this.type = type;
        }

        @Override
        public MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
