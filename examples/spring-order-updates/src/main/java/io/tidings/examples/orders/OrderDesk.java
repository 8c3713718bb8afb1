package io.tidings.examples.orders;

import io.tidings.Tidings;
import io.tidings.message.MessageId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Marks orders ready and tells their customers: both, or neither. */
@Service
public class OrderDesk {
    private final JdbcClient jdbc;
    private final Tidings tidings;

    OrderDesk(JdbcClient jdbc, Tidings tidings) {
        this.jdbc = jdbc;
        this.tidings = tidings;
    }

    @SuppressWarnings("NullAway") // a row makes an order, never null
    List<Order> orders() {
        return jdbc.sql("SELECT id, name, phone, ready, coming FROM orders ORDER BY id")
                .query(Order.class)
                .list();
    }

    Optional<Order> find(long id) {
        return jdbc.sql("SELECT id, name, phone, ready, coming FROM orders WHERE id = ?")
                .param(id)
                .query(Order.class)
                .optional();
    }

    // tag::ready
    /** The text leaves if and only if the order is marked, and once, however often this is called. */
    @Transactional
    public MessageId markReady(long id) {
        Order order = find(id).orElseThrow(() -> new IllegalArgumentException("there is no order " + id));
        jdbc.sql("UPDATE orders SET ready = TRUE WHERE id = ?").param(id).update();
        return tidings.sms()
                .to(order.phone())
                .template("order-ready")
                .with("name", order.name())
                .with("order", Long.toString(id))
                .key("order-ready-" + id)
                .tag("order", Long.toString(id))
                .send()
                .id();
    }
    // end::ready
}
