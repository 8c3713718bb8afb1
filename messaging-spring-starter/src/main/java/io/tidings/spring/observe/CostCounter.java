package io.tidings.spring.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidings.message.Money;

/** Counts what the provider charged, by currency, on the node that asked for the price. */
final class CostCounter {
    private final MeterRegistry registry;

    CostCounter(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Money more) {
        Counter.builder("tidings.cost")
                .description("What the provider charged, once it said so, in units of the currency")
                .tag("currency", more.currency().getCurrencyCode())
                .register(registry)
                .increment(more.amount().doubleValue());
    }
}
