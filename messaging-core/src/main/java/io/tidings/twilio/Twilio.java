package io.tidings.twilio;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.AccountId;
import io.tidings.message.NotConfiguredException;
import io.tidings.provider.Account;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The way to Twilio: {@code Twilio.provider(CredentialSource.environment()).build()}.
 *
 * <p>Touches none of the SDK's global state ({@code com.twilio.Twilio}).
 */
public final class Twilio {
    private Twilio() {}

    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Starts a provider that reads its credentials anew for each request. */
    public static Builder provider(CredentialSource credentials) {
        return new Builder(credentials);
    }

    /** Collects the settings of a {@link TwilioProvider}; each is checked as it comes. Not safe for several threads. */
    public static final class Builder {
        private static final Pattern PLACE = Pattern.compile("[a-z0-9][a-z0-9-]*");

        private final CredentialSource source;
        private CredentialSource credentials;
        private @Nullable HttpUrl base;
        private @Nullable String region;
        private @Nullable String edge;
        private @Nullable Proxy proxy;
        private @Nullable SSLSocketFactory sockets;
        private @Nullable X509TrustManager trust;
        private int maxInFlight = 64;
        private Duration keepAlive = Duration.ofSeconds(20);
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration deadline = Duration.ofSeconds(30);

        private Builder(CredentialSource credentials) {
            this.source = credentials;
            this.credentials = credentials;
        }

        /**
         * Another address than Twilio's, for a sandbox: https, or http on the loopback. Default: Twilio's own, by region
         * and edge.
         */
        public Builder baseUrl(URI address) {
            HttpUrl url = HttpUrl.parse(address.toString());
            if (url == null || !url.equals(url.resolve("/")) || !url.username().isEmpty()) {
                throw new IllegalArgumentException(
                        "the base URL is a scheme, a host and a port, for example https://twilio.example.com");
            }
            if (!url.isHttps() && !isLoopback(url.host())) {
                throw new IllegalArgumentException(
                        "the base URL must be https, because credentials travel to it; plain http only to the loopback");
            }
            this.base = url;
            return this;
        }

        /** Twilio's region that processes the messages, like {@code ie1}; it has credentials of its own. */
        public Builder region(String region) {
            this.region = place("region", region);
            return this;
        }

        /** Twilio's edge where the requests enter, like {@code dublin}. */
        public Builder edge(String edge) {
            this.edge = place("edge", edge);
            return this;
        }

        /**
         * How many requests are under way at a time; default 64. It sizes the connection pool and limits nothing: that
         * is the caller's part.
         */
        public Builder maxInFlight(int requests) {
            if (requests < 1 || requests > 10_000) {
                throw new IllegalArgumentException("1 to 10000 requests can be in flight, got " + requests);
            }
            this.maxInFlight = requests;
            return this;
        }

        /**
         * How long an idle connection is kept; default 20 s. Keep it shorter than the server's own limit (JDK's HTTP
         * server: 30 s): a request that meets a closing connection has an unknown outcome.
         */
        public Builder keepAlive(Duration idle) {
            this.keepAlive = positive("keep-alive", idle);
            return this;
        }

        /** An HTTP proxy on the way to Twilio, without a password; default: none. */
        public Builder proxy(String host, int port) {
            // Unresolved: the name is looked up when it is needed, within the connect timeout.
            this.proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
            return this;
        }

        /** Whose certificates are trusted, for networks that open TLS with an authority of their own; default: the JVM's. */
        public Builder trust(SSLSocketFactory sockets, X509TrustManager authorities) {
            this.sockets = sockets;
            this.trust = authorities;
            return this;
        }

        /** How long looking up the name, and then connecting, may take; default 10 s. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = positive("connect timeout", timeout);
            return this;
        }

        /**
         * How long a request may take in all, connecting included; default 30 s. Short deadlines manufacture unknown
         * outcomes.
         */
        public Builder deadline(Duration timeout) {
            this.deadline = positive("deadline", timeout);
            return this;
        }

        /**
         * The provider. Throws {@link io.tidings.message.NotConfiguredException} that names a missing credential, and
         * {@link IllegalArgumentException} for settings that contradict each other.
         */
        public TwilioProvider build() {
            if (base != null && (region != null || edge != null)) {
                throw new IllegalArgumentException("the base URL " + base + " and region " + region + " or edge " + edge
                        + " contradict each other; set one or the other");
            }
            if (connectTimeout.compareTo(deadline) > 0) {
                throw new IllegalArgumentException(
                        "the connect timeout " + connectTimeout + " is longer than the deadline " + deadline);
            }
            credentials.current();
            OneShotClient http = new OneShotClient(
                    new OneShotClient.Limits(
                            maxInFlight,
                            keepAlive,
                            connectTimeout,
                            deadline,
                            new OneShotClient.Way(proxy, sockets, trust)),
                    base);
            return new TwilioProvider(
                    credentials, http, transport -> new QuietRestClient(credentials, transport, region, edge));
        }

        /**
         * A tenant's account: the provider, named as Twilio names it, with the tokens of the same source. A source that gives
         * another account's credentials later counts as one that gives none: messages stay with the account they have.
         */
        public Account account() {
            String sid = source.current().accountSid();
            credentials = () -> only(sid, source.current());
            return Account.of(
                    new AccountId(sid), build(), () -> credentials.current().authTokens());
        }

        private static Credentials only(String sid, Credentials current) {
            if (!current.accountSid().equals(sid)) {
                throw new NotConfiguredException(
                        "the credentials are another account's now; a new account is assigned to its tenant instead");
            }
            return current;
        }

        private static String place(String what, String name) {
            if (!PLACE.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                throw new IllegalArgumentException("a " + what + " is one word like dublin or ie1");
            }
            return name.toLowerCase(Locale.ROOT);
        }

        private static Duration positive(String what, Duration duration) {
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException("the " + what + " must be at least 1 ms, got " + duration);
            }
            return duration;
        }
    }
}
