package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One thread commits what several bring. */
class GroupCommitTest {
    private static final int THREADS = 20;

    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        goOn.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** The first one, 0, waits until it may go on; even numbers are committed. */
    private List<Boolean> work(List<Integer> group) {
        groups.add(group);
        if (group.contains(0)) {
            begun.countDown();
            pass(goOn);
        }
        return group.stream().map(number -> number % 2 == 0).toList();
    }

    private List<Future<Boolean>> beside(GroupCommit<Integer> commit) throws InterruptedException {
        List<Future<Boolean>> all = new ArrayList<>();
        all.add(threads.submit(() -> commit.commit(0)));
        begun.await();
        IntStream.rangeClosed(1, THREADS).forEach(number -> all.add(threads.submit(() -> commit.commit(number))));
        return all;
    }

    @Test
    void who_comes_alone_is_a_group_of_one() {
        GroupCommit<Integer> commit = new GroupCommit<>(number -> number, this::work);

        assertThat(commit.commit(2)).isTrue();
        assertThat(commit.commit(3)).isFalse();

        assertThat(groups).containsExactly(List.of(2), List.of(3));
    }

    @Test
    void what_comes_during_a_commit_is_committed_once_and_each_learns_of_its_own() throws Exception {
        List<Future<Boolean>> all = beside(new GroupCommit<>(number -> number, this::work));

        goOn.countDown();

        for (int number = 0; number <= THREADS; number++) {
            assertThat(all.get(number).get(1, TimeUnit.MINUTES))
                    .as("%d", number)
                    .isEqualTo(number % 2 == 0);
        }
        assertThat(groups.stream().flatMap(List::stream).sorted())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, THREADS).boxed().toList());
        assertThat(groups.get(0)).containsExactly(0);
    }

    @Test
    void what_waits_is_one_group() throws Exception {
        GroupCommit<Integer> commit = new GroupCommit<>(number -> number, this::work);
        List<Future<Boolean>> all = beside(commit);
        while (commit.waiting() < THREADS) {
            Thread.onSpinWait();
        }

        goOn.countDown();
        for (Future<Boolean> one : all) {
            one.get(1, TimeUnit.MINUTES);
        }

        assertThat(groups).hasSize(2);
        assertThat(groups.get(1)).hasSize(THREADS);
    }

    @Test
    void what_is_about_the_same_is_in_groups_of_its_own() throws Exception {
        GroupCommit<Integer> commit = new GroupCommit<>(number -> number == 0 ? "first" : number % 4, this::work);
        List<Future<Boolean>> all = beside(commit);
        while (commit.waiting() < THREADS) {
            Thread.onSpinWait();
        }

        goOn.countDown();
        for (int number = 0; number <= THREADS; number++) {
            assertThat(all.get(number).get(1, TimeUnit.MINUTES))
                    .as("%d", number)
                    .isEqualTo(number % 2 == 0);
        }

        assertThat(groups)
                .hasSize(1 + THREADS / 4)
                .allSatisfy(group ->
                        assertThat(group.stream().map(number -> number % 4)).doesNotHaveDuplicates());
    }

    @Test
    void a_group_that_fails_leaves_each_to_go_on_by_itself_and_the_next_is_committed() {
        GroupCommit<Integer> commit = new GroupCommit<>(number -> number, group -> {
            if (group.contains(4)) {
                throw new IllegalStateException("a row cannot be read");
            }
            return work(group);
        });

        assertThat(commit.commit(4)).isFalse();
        assertThat(commit.commit(2)).isTrue();
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
