package io.tidings.spring.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Content;
import io.tidings.provider.ForwardingProvider;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Hostility;
import io.tidings.sandbox.Mishap;
import io.tidings.sandbox.Sandbox;
import io.tidings.spring.ProviderDecorator;
import io.tidings.test.SignedWebhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Row 26 over HTTP: what the provider reports is posted to a Tomcat in every order, some of it several times, and some before the
 * answer to the request that made the message. Every order ends in one state.
 */
@ExtendWith(SharedServer.class)
class Row26StreamsOverTomcatIT {
    private static final int ROUNDS = Size.of(1, 10);
    private static final int LARGEST = Size.of(3, 4);
    private static final List<AttemptStatus> STATUSES = List.of(
            AttemptStatus.SENDING,
            AttemptStatus.SENT,
            AttemptStatus.FAILED,
            AttemptStatus.UNDELIVERED,
            AttemptStatus.DELIVERED,
            AttemptStatus.READ);
    /** Errors after which nothing is tried again. */
    private static final Map<AttemptStatus, Integer> CODES =
            Map.of(AttemptStatus.FAILED, 30007, AttemptStatus.UNDELIVERED, 30005);

    /**
     * What is posted about one message.
     *
     * @param statuses in their order, with repetitions
     * @param early how many of them come before the answer
     */
    private record Stream(List<AttemptStatus> statuses, int early) {
        /** What every order of them ends in. */
        String end() {
            AttemptStatus greatest = Collections.max(statuses);
            return greatest == AttemptStatus.SENDING ? "ACCEPTED" : greatest.name();
        }
    }

    /** Where to report about a message, and what it is called there. */
    private record Place(URI address, String sid) {}

    @Test
    void every_order_and_repetition_of_callbacks_ends_in_one_state(Database database) throws Exception {
        long seed = Size.seed();
        Map<String, Stream> streams = streams(new SplittableRandom(seed));
        try (Board row = Board.row("26", "callbacks in every order, over Tomcat", seed, streams.size() + " streams");
                Sandbox sandbox = Sandbox.builder()
                        .seed(seed)
                        .sender(AppMain.SENDER, 100_000)
                        .handsets(HandsetProfile.allDelivered())
                        .delays(Delays.none())
                        .hostile(Hostility.calm().with(Mishap.CALLBACK_DROPPED, 1))
                        .start()) {
            Reports reports = new Reports(streams, sandbox.authToken());
            try (Host host = host(database, sandbox, reports)) {
                reports.api.complete(host.api());
                for (String text : streams.keySet()) {
                    assertThat(host.api().text(text, "+12025550143", text).status())
                            .isEqualTo(201);
                }
                assertThat(Await.until(Duration.ofMinutes(2), () -> reports.places.size() == streams.size()))
                        .as("all have left")
                        .isTrue();
                streams.keySet().parallelStream().forEach(reports::late);

                row.figure("%s", reports.answers);
                assertThat(reports.answers).containsOnlyKeys(204);
                assertThat(Await.until(
                                Duration.ofSeconds(30), () -> ends(database).equals(wanted(streams))))
                        .as("%s", wrong(ends(database), streams))
                        .isTrue();
                row.passed();
            }
        }
    }

    private static Host host(Database database, Sandbox sandbox, Reports reports) {
        Settings settings = Settings.of(database.url(), sandbox).with("torture.horizon", Duration.ofHours(1));
        return Host.start(
                settings,
                sandbox,
                beans -> beans.registerBean(ProviderDecorator.class, () -> provider -> new Early(provider, reports)));
    }

    /** Tells an application what the provider knows. Safe for use by many threads. */
    private static final class Reports {
        private final CompletableFuture<Api> api = new CompletableFuture<>();
        private final Map<String, Place> places = new ConcurrentHashMap<>();
        private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        private final Map<String, Stream> streams;
        private final String token;

        Reports(Map<String, Stream> streams, String token) {
            this.streams = streams;
            this.token = token;
        }

        void early(String text, Place place) {
            Stream stream = Objects.requireNonNull(streams.get(text));
            tell(place, stream.statuses().subList(0, stream.early()));
            places.put(text, place);
        }

        void late(String text) {
            Stream stream = Objects.requireNonNull(streams.get(text));
            tell(
                    Objects.requireNonNull(places.get(text)),
                    stream.statuses().subList(stream.early(), stream.statuses().size()));
        }

        private void tell(Place place, List<AttemptStatus> statuses) {
            for (AttemptStatus status : statuses) {
                SignedWebhook webhook = SignedWebhook.status(
                        place.address(), place.sid(), status.name().toLowerCase(Locale.ROOT));
                Integer code = CODES.get(status);
                if (code != null) {
                    webhook = webhook.with("ErrorCode", code.toString());
                }
                try {
                    answers.merge(
                            api.join().callback(webhook, place.address(), token).status(), 1, Integer::sum);
                } catch (IOException e) {
                    throw new UncheckedIOException("a callback had no answer", e);
                }
            }
        }
    }

    /** Keeps the provider's answer back until the early callbacks were answered. */
    private static final class Early extends ForwardingProvider {
        private final Reports reports;

        Early(Provider provider, Reports reports) {
            super(provider);
            this.reports = reports;
        }

        @Override
        public Outcome send(Submission submission) {
            Outcome outcome = super.send(submission);
            if (outcome instanceof Outcome.Accepted accepted
                    && submission.content() instanceof Content.Text text
                    && submission.callback() != null) {
                reports.early(text.body().text(), new Place(submission.callback(), accepted.sid()));
            }
            return outcome;
        }
    }

    /** Every order of every set of statuses, by the texts of their messages. */
    private static Map<String, Stream> streams(SplittableRandom random) {
        List<Stream> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (int bits = 1; bits < 1 << STATUSES.size(); bits++) {
                int chosen = bits;
                List<AttemptStatus> set = IntStream.range(0, STATUSES.size())
                        .filter(place -> (chosen & 1 << place) != 0)
                        .mapToObj(STATUSES::get)
                        .toList();
                if (set.size() <= LARGEST) {
                    orders(set).forEach(order -> all.add(stream(order, random)));
                }
            }
        }
        return IntStream.range(0, all.size())
                .boxed()
                .collect(Collectors.toMap(number -> "Stream %06d".formatted(number), all::get));
    }

    private static Stream stream(List<AttemptStatus> order, SplittableRandom random) {
        List<AttemptStatus> statuses = new ArrayList<>(order);
        for (int repetitions = random.nextInt(3); repetitions > 0; repetitions--) {
            statuses.add(random.nextInt(statuses.size() + 1), order.get(random.nextInt(order.size())));
        }
        return new Stream(List.copyOf(statuses), random.nextInt(statuses.size() + 1));
    }

    private static <T> List<List<T>> orders(List<T> things) {
        if (things.size() == 1) {
            return List.of(things);
        }
        List<List<T>> all = new ArrayList<>();
        for (T last : things) {
            List<T> rest = new ArrayList<>(things);
            rest.remove(last);
            for (List<T> order : orders(rest)) {
                List<T> whole = new ArrayList<>(order);
                whole.add(last);
                all.add(whole);
            }
        }
        return all;
    }

    private static Map<String, String> ends(Database database) {
        return database
                .rows("SELECT k.name, m.status FROM tidings_message m JOIN tidings_key k ON k.message = m.id")
                .stream()
                .collect(Collectors.toMap(columns -> columns.get(0), columns -> columns.get(1)));
    }

    private static Map<String, String> wanted(Map<String, Stream> streams) {
        return streams.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, stream -> stream.getValue().end()));
    }

    private static List<String> wrong(Map<String, String> ends, Map<String, Stream> streams) {
        return streams.entrySet().stream()
                .filter(each -> !each.getValue().end().equals(ends.get(each.getKey())))
                .map(each -> each.getValue() + " ended in " + ends.get(each.getKey()))
                .limit(10)
                .toList();
    }
}
