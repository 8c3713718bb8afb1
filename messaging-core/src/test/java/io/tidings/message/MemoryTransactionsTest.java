package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryTransactionsTest {
    private final MemoryTransactions transactions = new MemoryTransactions();
    private final List<String> log = new ArrayList<>();

    @Test
    void what_work_returns_is_returned_and_its_hints_run_after_it_in_order() {
        String result = transactions.run(() -> {
            transactions.afterCommit(() -> log.add("first hint"));
            transactions.afterCommit(() -> log.add("second hint"));
            log.add("work");
            return "result";
        });

        assertThat(result).isEqualTo("result");
        assertThat(log).containsExactly("work", "first hint", "second hint");
    }

    @Test
    void work_that_throws_is_taken_back_newest_first_and_gives_no_hint() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> transactions.execute(() -> {
                    change("one");
                    change("two");
                    transactions.afterCommit(() -> log.add("hint"));
                    throw new IllegalArgumentException("broken");
                }));

        assertThat(log).containsExactly("one", "two", "two undone", "one undone");
    }

    @Test
    void nothing_of_a_unit_is_left_for_the_next_one() {
        transactions.execute(() -> {
            change("one");
            transactions.afterCommit(() -> log.add("hint"));
        });
        log.clear();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> transactions.execute(() -> {
                    throw new IllegalArgumentException("broken");
                }));
        transactions.execute(() -> log.add("later"));

        assertThat(log).containsExactly("later");
    }

    @Test
    void inner_work_that_throws_is_taken_back_alone_when_the_outer_goes_on() {
        transactions.execute(() -> {
            change("outer");
            transactions.afterCommit(() -> log.add("outer hint"));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> transactions.execute(() -> {
                        change("inner");
                        change("innermost");
                        transactions.afterCommit(() -> log.add("inner hint"));
                        throw new IllegalArgumentException("broken");
                    }));
            log.add(transactions.run(() -> "joined"));
        });

        assertThat(log)
                .containsExactly(
                        "outer", "inner", "innermost", "innermost undone", "inner undone", "joined", "outer hint");
    }

    @Test
    void a_hint_outside_of_any_unit_runs_at_once_and_a_change_there_is_refused() {
        transactions.afterCommit(() -> log.add("hint"));

        assertThat(log).containsExactly("hint");
        assertThatIllegalStateException()
                .isThrownBy(() -> transactions.onRollback(() -> log.add("undone")))
                .withMessageContaining("inside run");
    }

    @Test
    void executed_work_may_be_followed_by_other_threads_because_the_lock_is_given_back() throws Exception {
        transactions.execute(() -> log.add("mine"));

        assertThat(elsewhere(() -> transactions.run(() -> "theirs")).get(10, TimeUnit.SECONDS))
                .isEqualTo("theirs");
    }

    @Test
    void units_of_two_threads_never_overlap() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        Future<String> other = elsewhere(() -> {
            inside.await();
            tried.countDown();
            return transactions.run(() -> String.join(",", log));
        });

        transactions.execute(() -> {
            inside.countDown();
            log.add("begun");
            await(tried);
            assertThat(other).isNotDone();
            log.add("ended");
        });

        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("begun,ended");
    }

    private void change(String name) {
        log.add(name);
        transactions.onRollback(() -> log.add(name + " undone"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> Future<T> elsewhere(Callable<T> work) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(work);
        } finally {
            thread.shutdown();
        }
    }
}
