package io.tidings.spring.torture;

import io.tidings.Tidings;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Orders of a host: an order and the text about it are one transaction. */
@Service
class OrderBook {
    static final String TABLE = "CREATE TABLE orders (number VARCHAR(40) PRIMARY KEY)";
    static final String TAKE = "INSERT INTO orders (number) VALUES (?)";

    private final JdbcTemplate jdbc;
    private final Tidings tidings;

    OrderBook(JdbcTemplate jdbc, Tidings tidings) {
        this.jdbc = jdbc;
        this.tidings = tidings;
    }

    /** What undoes an order at the last moment. */
    static final class Regret extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Transactional
    String take(String number, boolean regretted) {
        jdbc.update(TAKE, number);
        String id = tidings.sms()
                .to("+1202555%04d".formatted(100 + Math.floorMod(number.hashCode(), 100)))
                .text(number)
                .key(number)
                .send()
                .id()
                .toString();
        if (regretted) {
            throw new Regret();
        }
        return id;
    }
}
