package io.tidings.spring.torture;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where a host takes orders over HTTP. */
@RestController
class Counter {
    private final OrderBook orders;

    Counter(OrderBook orders) {
        this.orders = orders;
    }

    @PostMapping("/orders")
    String order(@RequestParam String number, @RequestParam boolean regretted) {
        return orders.take(number, regretted);
    }

    /** The transaction is gone by now. */
    @ExceptionHandler(OrderBook.Regret.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    void regret() {
        // The status says it all.
    }
}
