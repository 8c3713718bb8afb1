package io.tidings.benchmarks.outbox;

import io.tidings.Tidings;
import io.tidings.TidingsBuilder;
import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Texts;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.dispatch.SenderRates;
import io.tidings.inbound.GapSettings;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tidings as a host has it: gates at intake and before the attempt, decisions, attempts, observations, audit trail. Only
 * the sender's rate is out of the way, and more is in flight than a provider would allow.
 */
final class Ours implements Contestant {
    /** As many as the peers fetch at once. */
    static final int IN_FLIGHT = 512;

    private static final Limit FAR_AWAY = Limit.of(Rate.perSecond(1_000_000), 10_000);

    @Override
    public String name() {
        return "Tidings";
    }

    static TidingsBuilder builder(Provider provider, Stores stores) {
        return Tidings.builder(provider)
                .stores(stores)
                .from(Texts.FROM)
                .missed(GapSettings.off())
                .dispatch(DispatchSettings.defaults().withInFlight(IN_FLIGHT))
                .rates(SenderRates.defaults().with(new Sender.Number(new PhoneNumber(Texts.FROM)), FAR_AWAY));
    }

    static OutboundMessage message(Texts.Text text) {
        return OutboundMessage.to(new PhoneNumber(text.to())).text(text.body()).build();
    }

    @Override
    public Backlog open(Database database) {
        Stores stores = JdbcStores.on(database.pool()).open();
        Tidings intake = builder(new NoProvider(submission -> {}), stores).build();
        AtomicReference<@Nullable Tidings> worker = new AtomicReference<>();
        Texts recipients = new Texts();
        return new Backlog() {
            @Override
            public void enqueue(List<String> texts) {
                intake.sendAll(texts.stream()
                        .map(text -> message(new Texts.Text(recipients.next().to(), text)))
                        .toList());
            }

            @Override
            public void start(Jobs jobs) {
                worker.set(builder(new NoProvider(submission -> jobs.work()), stores)
                        .start());
            }

            @Override
            public boolean isSettled() throws Exception {
                return database.number("SELECT count(*) FROM tidings_queue") == 0;
            }

            @Override
            public void close() {
                Tidings working = worker.get();
                if (working != null) {
                    working.close();
                }
                intake.close();
            }
        };
    }
}
