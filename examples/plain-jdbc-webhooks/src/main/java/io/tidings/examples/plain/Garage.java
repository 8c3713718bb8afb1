package io.tidings.examples.plain;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.event.MessageDelivered;
import io.tidings.inbound.Reply;
import io.tidings.jdbc.HostConnections;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.InboundMessage;
import io.tidings.message.MessageId;
import java.sql.SQLException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Marks cars ready and tells their owners: both, or neither. */
final class Garage implements AutoCloseable {
    private final Transactions transactions;
    private final Tidings tidings;

    private Garage(Transactions transactions, Tidings tidings) {
        this.transactions = transactions;
        this.tidings = tidings;
    }

    // tag::open
    /** Opens the stores in the garage's own database, and starts to work. */
    static Garage open(DataSource pool, TidingsBuilder settings) {
        HostConnections hosts = new HostConnections(pool);
        Transactions transactions = new Transactions(pool, hosts);
        Tidings tidings = settings.stores(JdbcStores.on(hosts).open())
                .onSms("where", message -> Reply.text(whereIs(transactions, message)))
                .onMessage(message -> Reply.text("Text WHERE to hear how far your car is."))
                .on(MessageDelivered.class, news -> told(transactions, news))
                .start();
        return new Garage(transactions, tidings);
    }
    // end::open

    // tag::ready
    /** The text leaves if and only if the car is marked, and once, however often this is called. */
    MessageId markReady(long id) throws SQLException {
        return transactions.run(connection -> {
            Car car = Cars.find(connection, id).orElseThrow(() -> new NoSuchElementException("there is no car " + id));
            Cars.ready(connection, id);
            return tidings.sms()
                    .to(car.phone())
                    .text("Hi " + car.owner() + ", your car is ready.")
                    .key("car-ready-" + id)
                    .tag("car", Long.toString(id))
                    .send()
                    .id();
        });
    }
    // end::ready

    /** Called again until it has returned, so it only reads. */
    private static String whereIs(Transactions transactions, InboundMessage message) throws SQLException {
        List<Car> cars = transactions.run(connection -> Cars.of(connection, message.from()));
        return cars.isEmpty()
                ? "We have no car of yours."
                : cars.stream()
                        .map(car -> "Car " + car.id() + (car.ready() ? " is ready." : " is still in work."))
                        .collect(Collectors.joining(" "));
    }

    /** Told again after a crash, so marking twice must do no harm. */
    private static void told(Transactions transactions, MessageDelivered news) throws SQLException {
        String car = news.message().tags().get("car");
        if (car != null) {
            transactions.run(connection -> {
                Cars.told(connection, Long.parseLong(car));
                return car;
            });
        }
    }

    List<Car> cars() throws SQLException {
        return transactions.run(Cars::all);
    }

    Tidings tidings() {
        return tidings;
    }

    <T> T run(Transactions.Work<T> work) throws SQLException {
        return transactions.run(work);
    }

    @Override
    public void close() {
        tidings.close();
    }
}
