package io.tidings.spring.test;

import io.tidings.Tidings;
import org.springframework.stereotype.Service;

/** Tells customers that their order is ready. */
@Service
class OrderDesk {
    private final Tidings tidings;

    OrderDesk(Tidings tidings) {
        this.tidings = tidings;
    }

    void markReady(int order, String phone) {
        tidings.sms()
                .to(phone)
                .text("Order " + order + " is ready.")
                .key("order-ready-" + order)
                .send();
    }
}
