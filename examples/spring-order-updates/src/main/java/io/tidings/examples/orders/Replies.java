package io.tidings.examples.orders;

import io.tidings.message.PhoneNumber;
import io.tidings.spring.OnSms;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What customers write back. */
@Component
public class Replies {
    private final JdbcClient jdbc;

    Replies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // tag::reply
    /** Called again until it has returned; what it returns is sent once. */
    @OnSms(keyword = "COMING")
    @Transactional
    public String coming(PhoneNumber customer) {
        int orders = jdbc.sql("UPDATE orders SET coming = TRUE WHERE phone = ? AND ready")
                .param(customer.e164())
                .update();
        return orders == 0 ? "We have nothing ready for you yet." : "Thank you, see you soon.";
    }
    // end::reply
}
