package io.tidings.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.TimeSource;
import io.tidings.vault.VaultHttp.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials at one place in Vault, remembered. What is older than a refresh is read anew in the background while the
 * old is used; what is too old is not used any more, and whoever asks waits.
 */
final class VaultCredentials implements CredentialSource {
    private static final Logger log = LoggerFactory.getLogger(VaultCredentials.class);
    private static final long PATIENCE_SECONDS = 20;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final VaultSession session;
    private final String place;
    private final String path;
    private final Vault.Ages ages;
    private final TimeSource time;
    private final Executor thread;
    private final AtomicReference<@Nullable CompletableFuture<Reading>> running = new AtomicReference<>();
    private volatile @Nullable Reading last;
    private volatile @Nullable Failure failed;

    private record Reading(Credentials credentials, long at) {}

    private record Failure(NotConfiguredException why, long at) {}

    VaultCredentials(VaultSession session, Place place, Vault.Ages ages, TimeSource time, Executor thread) {
        this.session = session;
        this.place = "Vault at " + place.mount() + "/" + place.path();
        this.path = place.mount() + "/data/" + place.path();
        this.ages = ages;
        this.time = time;
        this.thread = thread;
    }

    /** A secret of the key-value engine, version 2. */
    record Place(String mount, String path) {}

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a refresh in the background reports its failure itself
    public Credentials current() {
        Reading known = last;
        if (known == null || isOlder(known.at, ages.keep())) {
            return waitFor();
        }
        if (isOlder(known.at, ages.refresh()) && !hasJustFailed()) {
            refresh();
        }
        return known.credentials;
    }

    private boolean isOlder(long at, Duration age) {
        return time.nanos() - at >= age.toNanos();
    }

    private boolean hasJustFailed() {
        Failure failure = failed;
        return failure != null && !isOlder(failure.at, AFTER_FAILURE);
    }

    /** Whoever asks again at once gets the same refusal, so that threads do not queue up for a Vault that hangs. */
    private Credentials waitFor() {
        Failure failure = failed;
        if (failure != null && hasJustFailed()) {
            throw new NotConfiguredException(String.valueOf(failure.why.getMessage()));
        }
        try {
            return refresh().get(PATIENCE_SECONDS, TimeUnit.SECONDS).credentials;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NotConfiguredException why
                    ? new NotConfiguredException(String.valueOf(why.getMessage()))
                    : new NotConfiguredException("the credentials in " + place + " could not be read");
        } catch (TimeoutException e) {
            throw new NotConfiguredException("the credentials in " + place + " did not come in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotConfiguredException("interrupted while the credentials in " + place + " were read");
        }
    }

    /** One reading at a time. */
    private CompletableFuture<Reading> refresh() {
        CompletableFuture<Reading> mine = new CompletableFuture<>();
        CompletableFuture<Reading> others = running.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        thread.execute(() -> {
            try {
                Reading reading = new Reading(read(), time.nanos());
                last = reading;
                failed = null;
                running.set(null);
                mine.complete(reading);
            } catch (NotConfiguredException | VaultTroubleException e) {
                NotConfiguredException why = e instanceof NotConfiguredException already
                        ? already
                        : new NotConfiguredException(
                                "the credentials in " + place + " could not be read: " + e.getMessage());
                log.warn("{}; those that were read before are used for at most {}", why.getMessage(), ages.keep());
                failed = new Failure(why, time.nanos());
                running.set(null);
                mine.completeExceptionally(why);
            }
        });
        return mine;
    }

    private Credentials read() {
        Answer answer = session.read(path);
        if (answer.status() == 404) {
            throw new NotConfiguredException("there is no secret in " + place
                    + ", or its newest version was deleted; the engine must be key-value version 2");
        }
        if (!answer.isOk()) {
            throw new NotConfiguredException("the secret in " + place + " may not be read (HTTP " + answer.status()
                    + "); the policy needs read on the path with /data/");
        }
        Map<String, String> settings = new HashMap<>();
        JsonNode data = answer.body().path("data").path("data");
        data.properties()
                .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
        return Credentials.named(settings, place);
    }

    @Override
    public String toString() {
        return "VaultCredentials[" + place + "]";
    }
}
