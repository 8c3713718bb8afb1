package io.tidings.vault;

import io.tidings.account.CredentialSource;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.TimeSource;
import io.tidings.vault.VaultCredentials.Place;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in HashiCorp Vault, in a secret of the key-value engine version 2 with the names of {@link CredentialSource}.
 * One login serves any number of secrets, for example one per tenant.
 *
 * <pre>{@code
 * Vault vault = Vault.at(URI.create("https://vault.example.com:8200"))
 *         .login(VaultLogin.appRole(roleId, secretId))
 *         .open();
 * CredentialSource credentials = vault.credentials("secret", "twilio/production");
 * }</pre>
 *
 * <p>Asked in the background, on one thread; nobody but the first waits for it. Safe for use by many threads.
 */
public final class Vault implements AutoCloseable {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");

    private final VaultSession session;
    private final Ages ages;
    private final TimeSource time;
    /** Ends while there is nothing to ask, so that nobody has to close what a framework forgot. */
    private final ThreadPoolExecutor thread;

    private Vault(VaultSession session, Ages ages, TimeSource time) {
        this.session = session;
        this.ages = ages;
        this.time = time;
        this.thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread daemon = new Thread(task, "tidings-vault");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** When what was read is read anew, and when it is not used any more. */
    record Ages(Duration refresh, Duration keep) {}

    /** Begins to describe how Vault is reached: with TLS, or without where it, or its agent, is on this machine. */
    public static Builder at(URI address) {
        return new Builder(address);
    }

    /**
     * The credentials in a secret. Nothing is asked before they are needed.
     *
     * @param mount where the engine is mounted, often {@code secret}
     * @param path the secret, without {@code data/}
     */
    public CredentialSource credentials(String mount, String path) {
        if (!PATH.matcher(mount).matches() || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "mount and path hold letters, digits and . _ ~ - between slashes, such as secret and twilio/production");
        }
        return new VaultCredentials(session, new Place(mount, path), ages, time, thread);
    }

    /** Asks no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** How Vault is reached. Not safe for use by several threads. */
    public static final class Builder {
        private final URI address;
        private @Nullable VaultLogin login;
        private @Nullable String namespace;
        private @Nullable SSLContext trust;
        private Ages ages = new Ages(Duration.ofSeconds(30), Duration.ofHours(1));
        private TimeSource time = TimeSource.system();

        private Builder(URI address) {
            String host = address.getHost();
            boolean near = host != null && LOOPBACK.contains(host);
            if (host == null
                    || !("https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && near))) {
                throw new IllegalArgumentException("Vault's address is https://host:8200, or http on this machine");
            }
            this.address = address;
        }

        /** How to sign in; required. */
        public Builder login(VaultLogin how) {
            this.login = how;
            return this;
        }

        /** The namespace of Vault Enterprise; default: none. */
        public Builder namespace(String name) {
            this.namespace = name;
            return this;
        }

        /** Whose certificates are trusted; default: those of the JVM. */
        public Builder trusting(SSLContext authorities) {
            this.trust = authorities;
            return this;
        }

        /**
         * After which time what was read is read anew, default 30 s, and for how long it is used at most if Vault does not
         * answer, default an hour.
         */
        public Builder remembering(Duration refresh, Duration keep) {
            if (refresh.toMillis() < 1 || keep.compareTo(refresh) < 0) {
                throw new IllegalArgumentException(
                        "what is read anew after " + refresh + " is used for longer than that, not " + keep);
            }
            this.ages = new Ages(refresh, keep);
            return this;
        }

        /** The clock; default: the machine's. */
        public Builder time(TimeSource source) {
            this.time = source;
            return this;
        }

        /** Ready to be asked. */
        public Vault open() {
            VaultLogin how = login;
            if (how == null) {
                throw new NotConfiguredException("Vault needs a login; give a token or a role");
            }
            return new Vault(new VaultSession(new VaultHttp(address, namespace, trust), how, time), ages, time);
        }
    }
}
