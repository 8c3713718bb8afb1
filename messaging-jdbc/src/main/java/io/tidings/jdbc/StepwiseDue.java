package io.tidings.jdbc;

import io.tidings.jdbc.QueueRows.Raw;
import io.tidings.message.Category;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import io.tidings.outbox.SenderKey;
import io.tidings.outbox.Skip;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds due messages tenant by tenant, each step along the index, for databases without lateral joins. No more tenants
 * are asked than messages are wanted.
 */
final class StepwiseDue extends Due {
    private static final String LANE = "q.account = ? AND q.sender = ? AND q.shard = ? AND q.state = 0 AND q.lane = ?";
    private static final String NEXT_TENANT = "SELECT q.tenant FROM tidings_queue q WHERE " + LANE
            + " AND q.tenant > ? ORDER BY q.account, q.sender, q.shard, q.state, q.lane, q.tenant LIMIT 1";
    private static final String OF_TENANT = "SELECT q.id FROM tidings_queue q WHERE " + LANE
            + " AND q.tenant = ? AND q.not_before <= {now} AND " + IS_FIRST + " "
            + "ORDER BY q.account, q.sender, q.shard, q.state, q.lane, q.tenant, q.not_before, q.id LIMIT ?";
    private static final String ROW = "SELECT " + QueueRows.COLUMNS + " FROM tidings_queue q WHERE q.id = ?";
    private static final String NEXT = """
            SELECT MIN(q.not_before) - {now} FROM tidings_queue q
            WHERE q.account = ? AND q.sender = ? AND q.shard = ? AND q.state = 0 AND q.not_before > {now}""";

    private final Database database;

    StepwiseDue(Database database) {
        this.database = database;
    }

    private record Lane(SenderKey sender, int lane) {
        Values bind(Values values) throws SQLException {
            return StepwiseDue.bind(values, sender).number(lane);
        }
    }

    private static Values bind(Values values, SenderKey sender) throws SQLException {
        return values.text(sender.account().value())
                .text(sender.sender().address())
                .number(sender.shard());
    }

    @Override
    List<Raw> find(SenderKey sender, int limit, Skip skip, Turns turns) {
        return database.transactions().run(() -> {
            List<MessageId> chosen = new ArrayList<>();
            for (Category category : Category.values()) {
                if (chosen.size() < limit && !skip.categories().contains(category)) {
                    Lane lane = new Lane(sender, category.lane());
                    chosen.addAll(inTurns(lane, limit - chosen.size(), skip.tenants(), turns));
                }
            }
            List<Raw> rows = new ArrayList<>(chosen.size());
            chosen.forEach(
                    id -> database.find(ROW, values -> values.id(id), Raw::of).ifPresent(rows::add));
            return rows;
        });
    }

    private List<MessageId> inTurns(Lane lane, int limit, Set<TenantId> skip, Turns turns) {
        List<List<MessageId>> ofTenants = new ArrayList<>();
        String start = turns.last(lane.lane());
        String first = null;
        for (String tenant : tenants(lane, start, skip)) {
            List<MessageId> due = ofTenant(lane, tenant, limit);
            if (!due.isEmpty()) {
                first = first == null ? tenant : first;
                ofTenants.add(due);
            }
            if (ofTenants.size() == limit) {
                break;
            }
        }
        if (first != null) {
            turns.served(lane.lane(), first);
        }
        return oneOfEach(ofTenants, limit);
    }

    private static List<MessageId> oneOfEach(List<List<MessageId>> ofTenants, int limit) {
        List<MessageId> chosen = new ArrayList<>();
        int most = ofTenants.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < most; turn++) {
            for (List<MessageId> due : ofTenants) {
                if (turn < due.size() && chosen.size() < limit) {
                    chosen.add(due.get(turn));
                }
            }
        }
        return chosen;
    }

    /** Those behind the one that was served first, then those before it, and itself last. */
    private List<String> tenants(Lane lane, String start, Set<TenantId> skip) {
        List<String> behind = new ArrayList<>();
        List<String> before = new ArrayList<>();
        Optional<String> next = nextTenant(lane, "");
        while (next.isPresent()) {
            String tenant = next.get();
            if (!skip.contains(new TenantId(tenant))) {
                (tenant.compareTo(start) > 0 ? behind : before).add(tenant);
            }
            next = nextTenant(lane, tenant);
        }
        behind.addAll(before);
        return behind;
    }

    private Optional<String> nextTenant(Lane lane, String after) {
        return database.find(NEXT_TENANT, values -> lane.bind(values).text(after), Row::text);
    }

    private List<MessageId> ofTenant(Lane lane, String tenant, int limit) {
        return database.query(
                OF_TENANT, values -> lane.bind(values).text(tenant).number(limit), Row::id);
    }

    @Override
    Optional<Duration> nextDue(Set<SenderKey> senders) {
        return senders.stream()
                .flatMap(sender -> database
                        .query(NEXT, values -> bind(values, sender), row -> Optional.ofNullable(row.numberOrNull()))
                        .get(0)
                        .stream())
                .min(Long::compare)
                .map(Values::duration);
    }
}
