package io.tidings.jdbc;

import io.tidings.budget.BudgetStore;
import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentStore;
import io.tidings.gate.FactSource;
import io.tidings.gate.Facts;
import io.tidings.gate.Needs;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import io.tidings.pumping.PumpingStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers each question with a few small statements, for databases where one would be no better. */
final class StepwiseFacts implements FactSource {
    /** Earlier messages that are on their way or have arrived. */
    private static final String EARLIER = """
            SELECT accepted_at FROM (
                SELECT id, accepted_at FROM tidings_queue
                WHERE recipient = ? AND tenant = ? AND id < ? AND %1$s
                UNION ALL
                SELECT id, accepted_at FROM tidings_message
                WHERE recipient = ? AND tenant = ? AND id < ? AND %1$s
                  AND status IN ('ACCEPTED', 'SENT', 'DELIVERED', 'READ')) e
            ORDER BY id DESC LIMIT 1 OFFSET %2$d""";

    private static final String LAST_INBOUND = """
            SELECT MAX(at) FROM tidings_inbound
            WHERE person = ? AND channel = 'WHATSAPP' AND (sender = ? OR service = ?)""";

    private final Database database;
    private final Counters counters;
    private final Ledgers ledgers;

    /** The ledgers that facts are read from. */
    record Ledgers(ConsentStore consent, BudgetStore budgets, PumpingStore pumping) {}

    StepwiseFacts(Database database, Counters counters, Ledgers ledgers) {
        this.database = database;
        this.counters = counters;
        this.ledgers = ledgers;
    }

    @Override
    public List<Facts> read(List<Question> questions) {
        if (questions.isEmpty()) {
            return List.of();
        }
        return database.transactions().run(() -> {
            Map<String, Long> waiting = counters.sums(Counters.WAITING);
            long all = waiting.values().stream().mapToLong(Long::longValue).sum();
            List<Facts> facts = new ArrayList<>(questions.size());
            for (Question question : questions) {
                Answer answer = new Answer(question);
                answer.backlog(all);
                answer.tenantBacklog(
                        waiting.getOrDefault(question.message().tenant().value(), 0L));
                fill(answer, question.message());
                facts.add(answer.facts());
            }
            return facts;
        });
    }

    private void fill(Answer answer, OutboundMessage message) {
        Question question = answer.question();
        List<ConsentEntry> entries = ledgers.consent().entries(message.tenant(), question.person());
        for (int place = 0; place < entries.size(); place++) {
            answer.consent(place, entries.get(place));
        }
        long hash = MessageCodec.hash(message.content(), database.cipher());
        earlier(question, "text_hash = ?", 0, values -> values.number(hash)).ifPresent(answer::sameTextAt);
        Sender sender = message.from();
        if (sender != null && message.channel() == Channel.WHATSAPP) {
            lastInbound(message, sender).ifPresent(answer::lastInboundAt);
        }
        fillNeeds(answer);
    }

    private Optional<Instant> lastInbound(OutboundMessage message, Sender sender) {
        return database.query(
                        LAST_INBOUND,
                        values -> values.person(message.to())
                                .text(sender.address())
                                .text(sender.address()),
                        row -> Optional.ofNullable(row.timeOrNull()))
                .get(0);
    }

    private void fillNeeds(Answer answer) {
        Needs needs = answer.question().needs();
        for (int place = 0; place < answer.recents().size(); place++) {
            Needs.Recent need = answer.recents().get(place);
            int index = place;
            if (!need.categories().isEmpty()) {
                String which = "lane IN (" + Database.marks(need.categories().size()) + ") AND accepted_at > {now} - ?";
                earlier(answer.question(), which, need.nth() - 1, values -> {
                            for (Category category : need.categories()) {
                                values.number(category.lane());
                            }
                            values.duration(need.window());
                        })
                        .ifPresent(at -> answer.recent(index, at));
            }
        }
        if (!needs.used().isEmpty()) {
            ledgers.budgets().use(needs.used()).forEach((name, use) -> answer.used(name, use.used()));
        }
        if (!needs.blocked().isEmpty()) {
            ledgers.pumping().blocked(needs.blocked()).forEach(answer::blocked);
        }
    }

    private Optional<Instant> earlier(Question question, String which, int offset, Database.Binder binder) {
        OutboundMessage message = question.message();
        return database.find(
                EARLIER.formatted(which, offset),
                values -> {
                    for (int table = 0; table < 2; table++) {
                        values.person(message.to())
                                .text(message.tenant().value())
                                .id(question.id());
                        binder.bind(values);
                    }
                },
                Row::time);
    }
}
