package io.tidings.jdbc.torture;

import com.zaxxer.hikari.HikariDataSource;
import io.tidings.jdbc.HostConnections;
import io.tidings.jdbc.JdbcStores;
import io.tidings.jdbc.SchemaMode;
import io.tidings.jdbc.torture.Point.Stage;
import io.tidings.jdbc.torture.Stepped.Between;
import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A process that comes to its point and ends there. It sends some messages first, each in a transaction of its own, unless
 * it is to clean up after another one. Arguments: address of the database, schema, address, account and token of the
 * sandbox, the point, how often it is passed before, seconds after now, the number of the first message.
 */
final class CrashMain {
    static final int MESSAGES = 6;
    private static final int MOST_STEPS = 120;

    private CrashMain() {}

    public static void main(String[] arguments) throws SQLException {
        Point point = Point.valueOf(arguments[5]);
        Tripwire wire = new Tripwire(point, Integer.parseInt(arguments[6]));
        try (HikariDataSource pool = Server.pool(arguments[0], 4)) {
            HostConnections hosts = new HostConnections(pool);
            Stepped node = new Stepped(
                    JdbcStores.on(hosts).withSchema(arguments[1]).withSchemaMode(SchemaMode.NONE),
                    new Host(arguments[2], arguments[3], arguments[4], Host.FAST),
                    Duration.ofSeconds(Long.parseLong(arguments[7])),
                    new Between(wire::watch, real -> wire.watch(first(point.stage, real))),
                    point.stage == Stage.HEARING);
            int first = Integer.parseInt(arguments[8]);
            for (int number = first; first > 0 && number < first + MESSAGES; number++) {
                send(pool, hosts, node, message(number), point.stage == Stage.SEND);
            }
            if (point.stage == Stage.STOPPING) {
                node.steps(1, Duration.ofMillis(200));
                node.close();
            }
            for (int i = 0; i < MOST_STEPS; i++) {
                node.step(Duration.ofMillis(500));
                Await.pass(Duration.ofMillis(10));
            }
        }
    }

    /** Where each message is to have a second attempt, the first one never leaves. */
    private static Provider first(Stage stage, Provider real) {
        return stage != Stage.RETRYING
                ? real
                : (Provider) Proxy.newProxyInstance(
                        CrashMain.class.getClassLoader(),
                        new Class<?>[] {Provider.class},
                        (proxy, method, given) -> method.getName().equals("send")
                                        && ((Submission) given[0]).attempt().number() == 1
                                ? new Outcome.Unsent("no first attempt leaves here")
                                : method.invoke(real, given));
    }

    /** A transaction of the library's own where the host's call is to be hit, else the host's. */
    private static void send(
            HikariDataSource pool, HostConnections hosts, Stepped node, OutboundMessage message, boolean own)
            throws SQLException {
        if (own) {
            node.tidings.send(message);
            return;
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            hosts.within(connection, () -> node.tidings.send(message));
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** One in three is an advertisement, which is sent at most once; the others are sent until they are known to be taken. */
    static OutboundMessage message(int number) {
        return OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(100 + number % 100)))
                .from(new Sender.ShortCode(LocalTwilio.SENDERS.get(number / 2 % 3)))
                .category(List.of(Category.TRANSACTIONAL, Category.ALERT, Category.MARKETING)
                        .get(number % 3))
                .key(token(number))
                .text("Order " + token(number) + " is ready.")
                .build();
    }

    static String token(int number) {
        return "T%07d".formatted(number);
    }
}
