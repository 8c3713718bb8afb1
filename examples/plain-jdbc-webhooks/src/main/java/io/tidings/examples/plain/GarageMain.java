package io.tidings.examples.plain;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.account.TidingsSecret;
import io.tidings.message.Secret;
import io.tidings.sandbox.Sandbox;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.Webhooks;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.h2.jdbcx.JdbcConnectionPool;

/** Starts the garage, with a sandbox in the place of Twilio. */
public final class GarageMain {
    private static final String SENDER = "+12025550100";

    private GarageMain() {}

    /** Starts it; the one argument is a port, 8080 if left out. */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        try {
            run(arguments.length == 0 ? 8080 : Integer.parseInt(arguments[0]));
        } catch (NumberFormatException e) {
            System.err.println("The one argument is a port, a number.");
            System.exit(2);
        } catch (BindException e) {
            System.err.println("Something else listens on that port: give another one, such as "
                    + "examples/plain-jdbc-webhooks/run 8081.");
            System.exit(2);
        }
    }

    private static void run(int port) throws IOException, SQLException, InterruptedException {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:garage;DB_CLOSE_DELAY=-1", "", "");
        try (Sandbox sandbox = Sandbox.builder().sender(SENDER).start();
                GarageServer server = GarageServer.on(port)) {
            try (Garage garage = open(pool, sandbox, server)) {
                System.out.println("The garage is open. Nobody is texted: Twilio is a sandbox on this machine.");
                System.out.println("  mark a car ready   curl -X POST " + server.url() + "/cars/1/ready");
                System.out.println("  cars               " + server.url() + "/cars");
                System.out.println("  what was sent      " + sandbox.url() + "/sandbox/messages");
                System.out.println("  ask as Ana         curl -H 'Content-Type: application/json' " + sandbox.url()
                        + "/sandbox/replies -d '{\"from\":\"+12025550143\",\"to\":\"" + SENDER
                        + "\",\"text\":\"where\"}'");
                new CountDownLatch(1).await(); // until Ctrl-C
                garage.tidings().stop();
            }
        } finally {
            pool.dispose();
        }
    }

    // tag::assemble
    static Garage open(JdbcConnectionPool pool, Sandbox sandbox, GarageServer server) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            Cars.create(connection);
        }
        Secret token = new Secret(sandbox.authToken());
        CredentialSource credentials = CredentialSource.fixed(Credentials.authToken(sandbox.accountSid(), token));
        TidingsBuilder settings = Tidings.builder(Twilio.provider(credentials)
                        .baseUrl(URI.create(sandbox.url())) // leave it out, and it is Twilio
                        .build())
                .from(SENDER)
                .secret(TidingsSecret.of(new Secret("32 characters or more, from openssl rand -hex 32")))
                .publicUrl(server.webhooks(), () -> List.of(token));
        Garage garage = Garage.open(pool, settings);
        server.answer(garage);
        sandbox.inboundWebhook(SENDER, server.webhooks() + Webhooks.INBOUND_PATH);
        return garage;
    }
    // end::assemble
}
