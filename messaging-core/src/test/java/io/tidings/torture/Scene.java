package io.tidings.torture;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.gate.QuietHours;
import io.tidings.message.Secret;
import io.tidings.message.TimeSource;
import io.tidings.provider.Provider;
import io.tidings.pumping.PumpingLimits;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxBuilder;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.JdkHttpBinding;
import io.tidings.webhook.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A whole system against a sandbox over real sockets. */
final class Scene implements AutoCloseable {
    static final String SENDER = "55512";
    static final String OTHER = "55513";

    final Sandbox sandbox;
    final Wiretap wiretap;
    final Tidings tidings;
    private final HttpServer webhooks;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    /** What is special about a scene; everything has a default. */
    static final class Script {
        private final long seed;
        private Consumer<SandboxBuilder> sandbox = settings -> {};
        private Consumer<TidingsBuilder> tidings = settings -> {};
        private Consumer<Twilio.Builder> twilio = settings -> {};
        private Function<Webhooks, HttpHandler> receiver = JdkHttpBinding::of;
        private Function<Sandbox, CredentialSource> credentials = Script::fixed;
        private UnaryOperator<Provider> between = provider -> provider;
        private TimeSource time = TimeSource.system();
        private boolean callbacks = true;
        private boolean running = true;

        Script(long seed) {
            this.seed = seed;
        }

        private static CredentialSource fixed(Sandbox sandbox) {
            return CredentialSource.fixed(Credentials.authToken(sandbox.accountSid(), new Secret(sandbox.authToken())));
        }

        Script sandbox(Consumer<SandboxBuilder> settings) {
            sandbox = settings;
            return this;
        }

        Script tidings(Consumer<TidingsBuilder> settings) {
            tidings = settings;
            return this;
        }

        Script twilio(Consumer<Twilio.Builder> settings) {
            twilio = settings;
            return this;
        }

        /** Who receives the callbacks; default: Tidings itself. */
        Script receiver(Function<Webhooks, HttpHandler> handler) {
            receiver = handler;
            return this;
        }

        Script credentials(Function<Sandbox, CredentialSource> source) {
            credentials = source;
            return this;
        }

        /** Puts something between Tidings and the provider. */
        Script between(UnaryOperator<Provider> wrapper) {
            between = wrapper;
            return this;
        }

        Script withoutCallbacks() {
            callbacks = false;
            return this;
        }

        /** Time that the test steps; nothing runs by itself then. */
        Script stepped(TimeSource stepped) {
            time = stepped;
            running = false;
            return this;
        }

        Scene start() {
            return new Scene(this);
        }
    }

    static Script of(long seed) {
        return new Script(seed);
    }

    private Scene(Script script) {
        SandboxBuilder settings = Sandbox.builder()
                .seed(script.seed)
                .sender(SENDER, 100_000)
                .sender(OTHER, 100_000)
                .handsets(HandsetProfile.allDelivered())
                .delays(Delays.realistic().times(0.02));
        script.sandbox.accept(settings);
        sandbox = settings.start();
        Twilio.Builder twilio =
                Twilio.provider(script.credentials.apply(sandbox)).baseUrl(URI.create(sandbox.url()));
        script.twilio.accept(twilio);
        wiretap = new Wiretap(script.between.apply(twilio.build()), script.time);
        webhooks = server();
        // The rows hold at any hour of the machine and for any number of codes; rows about these gates set their own.
        TidingsBuilder builder = Tidings.builder(wiretap)
                .from(SENDER)
                .homeCountry("US")
                .quietHours(QuietHours.none())
                .pumping(PumpingLimits.off())
                .time(script.time);
        String first = sandbox.authToken();
        if (script.callbacks) {
            builder.publicUrl(
                    URI.create("http://127.0.0.1:" + webhooks.getAddress().getPort()),
                    () -> List.of(new Secret(sandbox.authToken()), new Secret(first)));
        }
        script.tidings.accept(builder);
        tidings = script.running ? builder.start() : builder.build();
        if (script.callbacks) {
            webhooks.createContext("/", script.receiver.apply(tidings.webhooks()));
        }
        webhooks.start();
    }

    private HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            server.setExecutor(threads);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the callbacks", e);
        }
    }

    @Override
    public void close() {
        tidings.close();
        webhooks.stop(0);
        threads.shutdownNow();
        sandbox.close();
    }
}
