package io.tidings.spring.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.outbox.Receipt;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of the rows of an upload: counted, and the first thousand mistakes with their lines. */
final class BulkReport {
    private static final int MOST_ERRORS = 1000;

    private final boolean dryRun;
    private final Map<MessageStatus, Long> statuses = new EnumMap<>(MessageStatus.class);
    private final Map<String, Money> costs = new TreeMap<>();
    private final ArrayNode errors = Views.object().arrayNode();
    private long rows;
    private long segments;
    private long wrong;

    BulkReport(boolean dryRun) {
        this.dryRun = dryRun;
    }

    void add(Receipt receipt) {
        rows++;
        statuses.merge(receipt.status(), 1L, Long::sum);
        if (!receipt.isRefused()) {
            segments += receipt.segments();
            Money cost = receipt.estimatedCost();
            if (cost != null) {
                costs.merge(cost.currency().getCurrencyCode(), cost, BulkReport::sum);
            }
        }
    }

    private static Money sum(Money one, Money other) {
        return new Money(one.amount().add(other.amount()), one.currency());
    }

    void add(long line, Problem problem) {
        rows++;
        wrong++;
        if (errors.size() < MOST_ERRORS) {
            errors.addObject().put("line", line).put("code", problem.code()).put("detail", problem.detail());
        }
    }

    ObjectNode view() {
        ObjectNode json = Views.object().put("dryRun", dryRun).put("rows", rows).put("wrong", wrong);
        ObjectNode counts = json.putObject("statuses");
        statuses.forEach((status, count) -> counts.put(status.name(), count));
        json.put("segments", segments);
        json.set("estimatedCost", Views.array(costs.values(), Views::money));
        json.set("errors", errors);
        return json.put("errorsLeftOut", wrong - errors.size());
    }
}
