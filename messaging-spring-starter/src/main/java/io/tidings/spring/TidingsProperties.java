package io.tidings.spring;

import io.tidings.jdbc.SchemaMode;
import io.tidings.message.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of Tidings, read once at the start.
 *
 * @param enabled Whether Tidings is configured at all.
 * @param provider Who carries messages. Twilio, if credentials are there.
 * @param from Sender of messages that name none: a number, short code, alphanumeric name or messaging service SID.
 * @param homeCountry ISO 3166 country whose national number forms are understood. That of the sender's number.
 * @param destinations ISO 3166 countries that messages may go to. The home country alone.
 * @param publicUrl Address under which the provider reaches this application. Without it statuses are asked for.
 * @param secret Secrets of 32 characters or more that callbacks are authenticated with, the current one first.
 * @param store Where messages are kept. In the database, if there is one.
 * @param environment Name of the environment, such as production or staging, which the store is stamped with.
 * @param redirectTo Number that gets every message outside production.
 * @param tenantSettings Whether tenants have settings of their own and can be suspended.
 * @param hints Whether nodes tell each other over PostgreSQL what they took in, so that it leaves before their next poll.
 * @param twilio Twilio.
 * @param sandbox Sandbox that stands in for Twilio.
 * @param worker Worker that hands messages to the provider.
 * @param schema Tables.
 * @param transaction Transactions of the host.
 * @param retention How long what is kept.
 * @param watch What health and metrics go by.
 */
@ConfigurationProperties("tidings")
public record TidingsProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Carrier provider,
        @Nullable String from,
        @Nullable String homeCountry,
        @DefaultValue List<String> destinations,
        @Nullable URI publicUrl,
        @DefaultValue List<Secret> secret,
        @Nullable Keeping store,
        @Nullable String environment,
        @Nullable String redirectTo,
        @DefaultValue("false") boolean tenantSettings,
        @DefaultValue("false") boolean hints,
        @DefaultValue Twilio twilio,
        @DefaultValue Sandbox sandbox,
        @DefaultValue Worker worker,
        @DefaultValue Schema schema,
        @DefaultValue Transaction transaction,
        @DefaultValue Retention retention,
        @DefaultValue Watch watch) {

    /** Copies the lists. */
    public TidingsProperties {
        destinations = List.copyOf(destinations);
        secret = List.copyOf(secret);
    }

    /** Who carries messages. */
    public enum Carrier {
        /** Twilio: real people get them. */
        TWILIO,
        /** A Twilio of our own on the loopback interface: nobody gets them. */
        SANDBOX
    }

    /** Where messages are kept. */
    public enum Keeping {
        /** In tables of the host's database. */
        JDBC,
        /** In this process, where they end with it. */
        MEMORY
    }

    /**
     * How Twilio is reached. Where a credential is not set, the variable of the usual name counts: {@code
     * TWILIO_ACCOUNT_SID} and so on.
     *
     * @param source Where credentials come from, and from nowhere else. If it is not set, properties win over variables.
     * @param vault Vault, which is asked if the source says so.
     * @param accountSid Account that carries and pays: AC and 32 hexadecimal digits.
     * @param apiKey API key that signs in: SK and 32 hexadecimal digits. The auth token signs in, if there is none.
     * @param apiSecret Secret of the API key.
     * @param authToken Auth token of the account, by which webhooks are checked.
     * @param authTokenSecondary Secondary auth token, which webhooks may be signed with while a token is rotated.
     * @param credentialsFile Properties file with the credentials under the usual names, read again when it changed.
     * @param region Region of Twilio that processes messages, like ie1.
     * @param edge Edge of Twilio where requests enter, like dublin.
     * @param baseUrl Another address than Twilio's, for a sandbox of its own process.
     * @param proxy HTTP proxy on the way to Twilio, without a password.
     * @param sslBundle Name of the SSL bundle whose authorities are trusted. Those of the JVM.
     * @param connectTimeout How long looking up the name, and then connecting, may take.
     */
    public record Twilio(
            @Nullable Origin source,
            @DefaultValue Vault vault,
            @Nullable String accountSid,
            @Nullable String apiKey,
            @Nullable Secret apiSecret,
            @Nullable Secret authToken,
            @Nullable Secret authTokenSecondary,
            @Nullable Path credentialsFile,
            @Nullable String region,
            @Nullable String edge,
            @Nullable URI baseUrl,
            @DefaultValue Proxy proxy,
            @Nullable String sslBundle,
            @DefaultValue("10s") Duration connectTimeout) {

        /** Checks the figure. */
        public Twilio {
            positive("tidings.twilio.connect-timeout", connectTimeout);
        }
    }

    /** Where credentials come from. */
    public enum Origin {
        /** The properties beside this one. */
        PROPERTIES,
        /** The variables of the usual names. */
        ENVIRONMENT,
        /** The file. */
        FILE,
        /** A secret in HashiCorp Vault. */
        VAULT
    }

    /**
     * A secret in HashiCorp Vault's key-value engine, version 2.
     *
     * @param address Address with TLS, or without on this machine.
     * @param token Token that signs in.
     * @param roleId Role that signs in instead.
     * @param secretId Secret of that role.
     * @param namespace Namespace of Vault Enterprise.
     * @param mount Path of the engine.
     * @param path Path of the secret.
     * @param refresh How often it is read anew.
     * @param keep How long what was read is used if Vault does not answer.
     */
    public record Vault(
            @Nullable URI address,
            @Nullable Secret token,
            @Nullable String roleId,
            @Nullable Secret secretId,
            @Nullable String namespace,
            @DefaultValue("secret") String mount,
            @Nullable String path,
            @DefaultValue("30s") Duration refresh,
            @DefaultValue("1h") Duration keep) {}

    /**
     * An HTTP proxy.
     *
     * @param host Name or address. Nothing is between if it is not set.
     * @param port Port.
     */
    public record Proxy(
            @Nullable String host, @DefaultValue("3128") int port) {}

    /**
     * How the sandbox behaves.
     *
     * @param port Port on the loopback interface. Zero takes a free one.
     * @param seed What decides everything random in it.
     */
    public record Sandbox(
            @DefaultValue("0") int port, @DefaultValue("1") long seed) {

        /** Checks the port. */
        public Sandbox {
            require(port >= 0 && port <= 65_535, "tidings.sandbox.port", port, "a port lies between 0 and 65535");
        }
    }

    /**
     * How the worker works.
     *
     * @param enabled Whether this node hands messages to the provider. A node that does not only takes them in.
     * @param inFlight Most requests under way per account, over all nodes.
     * @param pollInterval How often the store is looked at without a hint; a fifth later while nothing is due.
     * @param lease How long a node owns a sender without renewing.
     * @param callDeadline Longest time that a request may take. The lease is longer than that by five seconds.
     * @param shutdownGrace How long a stop waits for requests under way.
     * @param phase Phase in which the worker stops. The web server begins to drain in phase 2147482623.
     */
    public record Worker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("64") int inFlight,
            @DefaultValue("1s") Duration pollInterval,
            @DefaultValue("60s") Duration lease,
            @DefaultValue("30s") Duration callDeadline,
            @DefaultValue("25s") Duration shutdownGrace,
            @DefaultValue("2147483135") int phase) {

        /** Checks the figures. */
        public Worker {
            require(inFlight >= 1 && inFlight <= 10_000, "tidings.worker.in-flight", inFlight, "it is 1 to 10000");
            positive("tidings.worker.poll-interval", pollInterval);
            positive("tidings.worker.call-deadline", callDeadline);
            require(
                    lease.compareTo(callDeadline.plusSeconds(5)) > 0,
                    "tidings.worker.lease",
                    lease,
                    "it must be longer than tidings.worker.call-deadline (" + callDeadline + ") plus five seconds");
            require(
                    !shutdownGrace.isNegative(),
                    "tidings.worker.shutdown-grace",
                    shutdownGrace,
                    "it must not be negative");
        }
    }

    /**
     * The tables.
     *
     * @param mode What is done about them when the application starts.
     * @param name Schema that they lie in, which must exist. That of the connection.
     * @param tablePrefix What their names begin with: 1 to 32 lower-case letters and underscores.
     */
    public record Schema(
            @DefaultValue("migrate") SchemaMode mode,
            @Nullable String name,
            @DefaultValue("tidings_") String tablePrefix) {}

    /**
     * Transactions of the host.
     *
     * @param strict Whether a call inside a transaction that is not on our DataSource fails, rather than warns once.
     */
    public record Transaction(@DefaultValue("false") boolean strict) {}

    /**
     * How long what is kept.
     *
     * @param messages Messages that left the queue, since their last change.
     * @param callbacks Raw parameters of status callbacks, since they came.
     * @param inbound Messages from people whose handler has succeeded, since they came.
     */
    public record Retention(
            @DefaultValue("90d") Duration messages,
            @DefaultValue("90d") Duration callbacks,
            @DefaultValue("90d") Duration inbound) {

        /** Checks the figures. */
        public Retention {
            anHour("tidings.retention.messages", messages);
            anHour("tidings.retention.callbacks", callbacks);
            anHour("tidings.retention.inbound", inbound);
        }

        private static void anHour(String name, Duration age) {
            require(age.compareTo(Duration.ofHours(1)) >= 0, name, age, "what is kept is kept an hour at least");
        }
    }

    /**
     * What health and metrics go by.
     *
     * @param interval How often queue and tables are read for them.
     */
    public record Watch(@DefaultValue("15s") Duration interval) {

        /** Checks the figure. */
        public Watch {
            require(
                    interval.compareTo(Duration.ofSeconds(1)) >= 0,
                    "tidings.watch.interval",
                    interval,
                    "each reading asks the database, so it is a second at least");
        }
    }

    private static void positive(String name, Duration value) {
        require(value.toMillis() >= 1, name, value, "it must be a millisecond at least");
    }

    private static void require(boolean right, String name, Object value, String otherwise) {
        if (!right) {
            throw new InvalidConfigurationPropertyValueException(name, value, otherwise);
        }
    }
}
