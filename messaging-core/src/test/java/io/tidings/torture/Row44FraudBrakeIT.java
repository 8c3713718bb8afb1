package io.tidings.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.budget.Allowance;
import io.tidings.budget.BudgetLimit;
import io.tidings.budget.BudgetLimit.Period;
import io.tidings.budget.Budgets;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Stores;
import io.tidings.price.Price;
import io.tidings.price.PriceBook;
import io.tidings.pumping.PumpingLimits;
import io.tidings.sandbox.LogEntry;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Money does not run away: not to a fraudster who asks for codes, and not through several nodes at once. */
@ExtendWith(Scoreboard.Keeper.class)
class Row44FraudBrakeIT {
    private static final Money PRICE = Money.of("0.0079", "USD");
    private static final PriceBook PRICES =
            PriceBook.of(List.of(new Price(Channel.SMS, "+1", LocalDate.of(2020, 1, 1), PRICE)));
    private static final int PER_RANGE = 50;

    private static int affordable(String dollars) {
        return (int)
                (Allowance.of(dollars, "USD").quantity() / Allowance.of(PRICE).quantity());
    }

    private static SenderRates fast() {
        return SenderRates.defaults()
                .with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(2_000))
                .with(new Sender.ShortCode(Scene.OTHER), Rate.perSecond(2_000));
    }

    private static boolean isDrained(Tidings tidings) {
        Map<MessageStatus, Long> counts = tidings.counts();
        return !counts.containsKey(MessageStatus.QUEUED) && !counts.containsKey(MessageStatus.SENDING);
    }

    @Test
    void pumping_is_blocked_per_range_and_never_costs_more_than_the_cap(Scoreboard board) {
        int requests = Scale.of(4_000, 100_000);
        int ranges = 10;
        long seed = Scale.seed();
        Scoreboard.Row row =
                board.row("44", "fraud brake", seed).size("%d requests for codes over %d ranges", requests, ranges);
        Budgets budgets = Budgets.none().with(BudgetLimit.eachTenant(Period.DAY, Allowance.of("3.00", "USD")));
        try (Scene scene = Scene.of(seed)
                .withoutCallbacks()
                .tidings(settings ->
                        settings.rates(fast()).prices(PRICES).budgets(budgets).pumping(PumpingLimits.defaults()))
                .start()) {
            for (int i = 0; i < requests; i++) {
                int each = i / ranges;
                scene.tidings.send(OutboundMessage.to(new PhoneNumber(
                                "+190055%d%04d".formatted(i % 2 == 0 ? 0 : i / 2 % ranges, each % 10_000)))
                        .category(Category.OTP)
                        .text("Your code is " + i + ".")
                        .build());
            }
            assertThat(Await.until(Duration.ofSeconds(60), () -> isDrained(scene.tidings)))
                    .isTrue();
            scene.tidings.close();
            Map<String, Long> perRange = scene.sandbox.log().accepted().stream()
                    .map(Row44FraudBrakeIT::recipient)
                    .collect(Collectors.groupingBy(
                            number -> number.substring(0, number.length() - 4), Collectors.counting()));
            long accepted =
                    perRange.values().stream().mapToLong(Long::longValue).sum();
            long most =
                    perRange.values().stream().mapToLong(Long::longValue).max().orElse(0);
            row.figure("%d sent, %s of 3 USD, at most %d to a range", accepted, PRICE.times((int) accepted), most);

            assertThat(accepted).isPositive().isLessThanOrEqualTo(affordable("3.00"));
            assertThat(most).isEqualTo(PER_RANGE);
            row.passed();
        }
    }

    private static String recipient(LogEntry.Request request) {
        return Objects.requireNonNull(Objects.requireNonNull(request.create()).to());
    }

    @Test
    void several_nodes_and_threads_never_spend_more_than_the_cap(Scoreboard board) throws Exception {
        int messages = Scale.of(600, 10_000);
        int affordable = affordable("1.00");
        long seed = Scale.seed();
        Scoreboard.Row row =
                board.row("H6", "budget over 3 nodes", seed).size("%d messages, room for %d", messages, affordable);
        ConcurrentLinkedQueue<Integer> told = new ConcurrentLinkedQueue<>();
        Budgets budgets = Budgets.none()
                .with(BudgetLimit.everyone(Period.DAY, Allowance.of("1.00", "USD")))
                .withAlerts(alert -> told.add(alert.percent()), List.of(50, 80, 100));
        Stores stores = Stores.inMemory(TimeSource.system());
        List<Tidings> more = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Scene scene = Scene.of(seed)
                .withoutCallbacks()
                .tidings(settings ->
                        settings.stores(stores).rates(fast()).prices(PRICES).budgets(budgets))
                .start()) {
            for (int node = 0; node < 2; node++) {
                more.add(Tidings.builder(Twilio.provider(CredentialSource.fixed(Credentials.authToken(
                                        scene.sandbox.accountSid(), new Secret(scene.sandbox.authToken()))))
                                .baseUrl(URI.create(scene.sandbox.url()))
                                .build())
                        .from(Scene.OTHER)
                        .homeCountry("US")
                        .stores(stores)
                        .rates(fast())
                        .prices(PRICES)
                        .budgets(budgets)
                        .start());
            }
            for (int thread = 0; thread < 4; thread++) {
                int first = thread;
                threads.execute(() -> {
                    for (int i = first; i < messages; i += 4) {
                        Tidings node = i % 2 == 0 ? scene.tidings : more.get(i % 4 / 2);
                        node.send(OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(i)))
                                .tenant(new TenantId("tenant-" + i % 3))
                                .text("Your order " + i + " is ready.")
                                .build());
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Await.until(Duration.ofSeconds(60), () -> isDrained(scene.tidings)))
                    .isTrue();
            int accepted = scene.sandbox.log().accepted().size();
            row.figure("%d sent, thresholds told %s", accepted, told);

            assertThat(accepted).isEqualTo(affordable);
            assertThat(told).containsExactlyInAnyOrder(50, 80, 100);
            row.passed();
        } finally {
            threads.shutdownNow();
            more.forEach(Tidings::close);
        }
    }
}
