package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class SendingThreadsTest {

    @Test
    void without_virtual_threads_a_pool_of_daemons_waits_for_the_provider() throws Exception {
        try (SendingThreads threads = new SendingThreads(new MockEnvironment(), 4)) {
            var done = new java.util.concurrent.CompletableFuture<Thread>();
            threads.executor().orElseThrow().execute(() -> done.complete(Thread.currentThread()));

            assertThat(done.get(10, java.util.concurrent.TimeUnit.SECONDS).isDaemon())
                    .isTrue();
        }
    }

    @Test
    void with_virtual_threads_core_uses_its_own() {
        MockEnvironment environment = new MockEnvironment().withProperty("spring.threads.virtual.enabled", "true");
        try (SendingThreads threads = new SendingThreads(environment, 4)) {
            assertThat(threads.executor().isEmpty()).isEqualTo(Runtime.version().feature() >= 21);
        }
    }
}
