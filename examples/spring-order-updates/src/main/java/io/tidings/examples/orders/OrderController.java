package io.tidings.examples.orders;

import io.tidings.Tidings;
import io.tidings.message.MessageId;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The shop's own pages; phone numbers are not on them. */
@RestController
final class OrderController {
    private final OrderDesk desk;
    private final Tidings tidings;

    OrderController(OrderDesk desk, Tidings tidings) {
        this.desk = desk;
        this.tidings = tidings;
    }

    @GetMapping("/orders")
    List<Map<String, Object>> orders() {
        return desk.orders().stream()
                .map(order -> Map.<String, Object>of(
                        "id", order.id(), "name", order.name(), "ready", order.ready(), "coming", order.coming()))
                .toList();
    }

    @PostMapping("/orders/{id}/ready")
    Map<String, String> ready(@PathVariable long id) {
        MessageId message = desk.markReady(id);
        String status = tidings.find(message).map(view -> view.status().name()).orElse("UNKNOWN");
        return Map.of("message", message.toString(), "status", status);
    }

    @ExceptionHandler(IllegalArgumentException.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    Map<String, String> unknown(IllegalArgumentException e) {
        return Map.of("problem", String.valueOf(e.getMessage()));
    }
}
