package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.test.TestTidings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Mounted webhooks have threads and limits of their own, so there is one of them however many requests come first. */
class WebhookMountTest {
    private static final TidingsWebhookProperties SETTINGS =
            new TidingsWebhookProperties(true, "/tidings/webhooks", Duration.ofSeconds(5));

    @Test
    void first_requests_that_come_together_are_answered_by_one_mount() throws Exception {
        AtomicInteger mounts = new AtomicInteger();
        CountDownLatch mounting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(1);
        try (TestTidings kit = TestTidings.overFake()) {
            WebhookDecorator slow = answers -> {
                mounts.incrementAndGet();
                mounting.countDown();
                await(goOn);
                return answers;
            };
            WebhookFilter filter = new WebhookFilter(kit::tidings, SETTINGS, List.of(slow));
            Future<Integer> first = threads.submit(() -> status(filter));
            await(mounting);
            AtomicInteger second = new AtomicInteger();
            Thread other = new Thread(() -> second.set(status(filter)), "second request");
            other.start();
            // It either waits for the first one or mounts another one.
            while (EnumSet.of(Thread.State.NEW, Thread.State.RUNNABLE).contains(other.getState())
                    && mounts.get() == 1) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            other.join(TimeUnit.SECONDS.toMillis(30));

            assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(second.get()).isNotZero();
            assertThat(mounts).hasValue(1);
        } finally {
            goOn.countDown();
            threads.shutdownNow();
        }
    }

    private static int status(WebhookFilter filter) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            filter.doFilter(
                    new MockHttpServletRequest("POST", "/tidings/webhooks/inbound"), response, new MockFilterChain());
        } catch (IOException e) {
            throw new UncheckedIOException("a mock broke", e);
        }
        return response.getStatus();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
