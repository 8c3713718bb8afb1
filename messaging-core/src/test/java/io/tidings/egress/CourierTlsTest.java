package io.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tidings.endpoint.Courier.Answered;
import io.tidings.endpoint.Courier.Silent;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name stays the name: what was looked up is connected to, and TLS goes by what the address says. */
class CourierTlsTest {
    private static final String NAME = "hooks.example.com";
    private static final char[] PASSWORD = "of a test".toCharArray();

    @TempDir
    Path folder;

    private KeyStore keys() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + NAME,
                        "-ext",
                        "SAN=dns:" + NAME,
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust(keys).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trust(KeyStore keys) throws Exception {
        KeyStore certificates = KeyStore.getInstance(KeyStore.getDefaultType());
        certificates.load(null, null);
        certificates.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        return trust;
    }

    @Test
    void the_checked_address_is_connected_to_under_the_name_of_the_endpoint() throws Exception {
        KeyStore keys = keys();
        SSLContext context = context(keys);
        List<String> names = new CopyOnWriteArrayList<>();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                parameters.setSSLParameters(context.getDefaultSSLParameters());
            }
        });
        server.createContext("/", exchange -> {
            ExtendedSSLSession session =
                    (ExtendedSSLSession) ((com.sun.net.httpserver.HttpsExchange) exchange).getSSLSession();
            session.getRequestedServerNames().forEach(each -> names.add(((SNIHostName) each).getAsciiName()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        AddressRule rule = AddressRule.publicAddresses().allowing("127.0.0.1");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (GuardedCourier plain = GuardedCourier.over(
                        rule, host -> List.of(loopback), new CheckedSockets(rule), Duration.ofSeconds(10));
                GuardedCourier courier = plain.trusting(context.getSocketFactory(), (X509TrustManager)
                        trust(keys).getTrustManagers()[0])) {
            int port = server.getAddress().getPort();
            byte[] body = {'{', '}'};

            assertThat(courier.post(URI.create("https://" + NAME + ":" + port + "/"), Map.of(), body))
                    .isEqualTo(new Answered(204, Duration.ZERO));
            assertThat(names).containsExactly(NAME);
            assertThat(courier.post(URI.create("https://other.example.com:" + port + "/"), Map.of(), body))
                    .isEqualTo(new Silent("no TLS with a certificate that is trusted"));
            assertThat(plain.post(URI.create("https://" + NAME + ":" + port + "/"), Map.of(), body))
                    .isEqualTo(new Silent("no TLS with a certificate that is trusted"));
        } finally {
            server.stop(0);
        }
    }
}
