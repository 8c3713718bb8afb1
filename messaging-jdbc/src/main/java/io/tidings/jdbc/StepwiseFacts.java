package io.tidings.jdbc;

import io.tidings.budget.BudgetStore;
import io.tidings.consent.ConsentEntry;
import io.tidings.consent.ConsentStore;
import io.tidings.gate.FactSource;
import io.tidings.gate.Facts;
import io.tidings.gate.Needs;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import io.tidings.pumping.PumpingStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers each question with a few small statements, for databases where one would be no better. */
final class StepwiseFacts implements FactSource {
    /**
     * Earlier messages that wait, and those that are on their way or have arrived; newest first. Two statements, for H2
     * keeps no plan of a union.
     */
    private static final String WAITING = """
            SELECT id, accepted_at FROM tidings_queue
            WHERE recipient = ? AND tenant = ? AND id < ? AND %s
            ORDER BY id DESC LIMIT %d""";

    private static final String SENT = """
            SELECT id, accepted_at FROM tidings_message
            WHERE recipient = ? AND tenant = ? AND id < ? AND %s
              AND status IN ('ACCEPTED', 'SENT', 'DELIVERED', 'READ')
            ORDER BY id DESC LIMIT %d""";

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
        earlier(question, "text_hash = ?", 1, values -> values.number(hash)).ifPresent(answer::sameTextAt);
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
                earlier(answer.question(), which, need.nth(), values -> {
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

    /** When the newest such message was accepted, or the second newest, and so on. */
    private Optional<Instant> earlier(Question question, String which, int nth, Database.Binder binder) {
        return Stream.of(WAITING, SENT)
                .flatMap(table -> earlier(table.formatted(which, nth), question, binder))
                .sorted(Map.Entry.<MessageId, Instant>comparingByKey().reversed())
                .skip(nth - 1L)
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Stream<Map.Entry<MessageId, Instant>> earlier(String sql, Question question, Database.Binder binder) {
        OutboundMessage message = question.message();
        return database
                .query(
                        sql,
                        values -> binder.bind(values.person(message.to())
                                .text(message.tenant().value())
                                .id(question.id())),
                        row -> Map.entry(row.id(), row.time()))
                .stream();
    }
}
