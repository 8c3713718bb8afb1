package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.UnitOfWork;
import io.tidings.outbox.QueueRow;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every {@link UnitOfWork} promises about the stores that belong to it. */
abstract class UnitOfWorkContract extends StoreContract {

    UnitOfWorkContract(AllStoresContract author) {
        super(author);
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private UnitOfWork transactions() {
        return stores().transactions();
    }

    @TestFactory
    Stream<DynamicTest> nothing_of_a_transaction_that_throws_is_visible() {
        return StoreWrite.all().stream()
                .map(write -> DynamicTest.dynamicTest(write.name(), () -> {
                    openStores();
                    StoreScene scene = new StoreScene(this);
                    List<Object> before = scene.everything();

                    assertThatThrownBy(() -> transactions().execute(() -> {
                                write.to(scene);
                                throw new Undone();
                            }))
                            .isInstanceOf(Undone.class);

                    assertThat(scene.everything()).isEqualTo(before);
                    transactions().execute(() -> write.to(scene));
                    assertThat(scene.everything())
                            .as("the same write, committed, is visible")
                            .isNotEqualTo(before);
                }));
    }

    @TestFactory
    Stream<DynamicTest> nothing_of_nested_work_that_throws_is_visible_even_if_the_outer_work_goes_on() {
        return StoreWrite.all().stream()
                .map(write -> DynamicTest.dynamicTest(write.name(), () -> {
                    openStores();
                    StoreScene scene = new StoreScene(this);
                    List<Object> before = scene.everything();

                    try {
                        transactions().execute(() -> {
                            assertThatThrownBy(() -> transactions().execute(() -> {
                                        write.to(scene);
                                        throw new Undone();
                                    }))
                                    .isInstanceOf(Undone.class);
                        });
                    } catch (RuntimeException outerIsLostToo) {
                        assertThat(outerIsLostToo).isNotNull();
                    }

                    assertThat(scene.everything()).isEqualTo(before);
                }));
    }

    @Test
    void all_writes_of_one_transaction_are_undone_together() {
        StoreScene scene = new StoreScene(this);
        List<Object> before = scene.everything();

        assertThatThrownBy(() -> transactions().execute(() -> {
                    StoreWrite.all().forEach(write -> write.to(scene));
                    throw new Undone();
                }))
                .isInstanceOf(Undone.class);

        assertThat(scene.everything()).isEqualTo(before);
    }

    @Test
    void an_error_undoes_like_an_exception() {
        QueueRow row = waiting();

        assertThatThrownBy(() -> transactions().execute(() -> {
                    stores().outbox().enqueue(List.of(incoming(row)));
                    throw new AssertionError("a broken promise");
                }))
                .isInstanceOf(AssertionError.class);

        assertThat(stores().outbox().find(id(row))).isEmpty();
    }

    @Test
    void the_result_and_the_exception_go_through_unchanged() {
        Undone mine = new Undone();

        assertThat(transactions().run(() -> transactions().run(() -> "inner"))).isEqualTo("inner");
        assertThatThrownBy(() -> transactions().run(() -> {
                    throw mine;
                }))
                .isSameAs(mine);
    }

    @Test
    void nested_work_joins_the_outer_one() {
        QueueRow inner = waiting();
        QueueRow outer = waiting();

        assertThatThrownBy(() -> transactions().execute(() -> {
                    stores().outbox().enqueue(List.of(incoming(outer)));
                    transactions().execute(() -> stores().outbox().enqueue(List.of(incoming(inner))));
                    throw new Undone();
                }))
                .isInstanceOf(Undone.class);

        assertThat(stores().outbox().find(id(inner))).isEmpty();
        assertThat(stores().outbox().find(id(outer))).isEmpty();
    }

    @Test
    void work_sees_what_it_wrote_itself() {
        QueueRow row = waiting();

        transactions().execute(() -> {
            stores().outbox().enqueue(List.of(incoming(row)));
            assertThat(stores().outbox().find(id(row))).contains(row);
            stores().outbox().withdraw(id(row));
            assertThat(stores().outbox().find(id(row))).isEmpty();
        });
    }

    @Test
    void the_stores_work_on_after_a_rollback() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> transactions().execute(() -> {
                        enqueue();
                        throw new Undone();
                    }))
                    .isInstanceOf(Undone.class);
            enqueue();
        }
        assertThat(stores().outbox().counts().total()).isEqualTo(3);
    }

    @Test
    void a_hint_runs_after_the_outermost_commit_and_sees_what_was_written() throws Exception {
        QueueRow row = waiting();
        CountDownLatch seen = new CountDownLatch(1);
        AtomicInteger early = new AtomicInteger();

        transactions().execute(() -> {
            transactions().execute(() -> {
                stores().outbox().enqueue(List.of(incoming(row)));
                transactions().afterCommit(() -> {
                    if (stores().outbox().find(id(row)).isPresent()) {
                        seen.countDown();
                    }
                });
            });
            early.set((int) (1 - seen.getCount()));
        });

        assertThat(early).hasValue(0);
        assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_hint_of_a_transaction_that_throws_never_runs() throws Exception {
        AtomicInteger wrong = new AtomicInteger();
        assertThatThrownBy(() -> transactions().execute(() -> {
                    transactions().afterCommit(wrong::incrementAndGet);
                    throw new Undone();
                }))
                .isInstanceOf(Undone.class);
        CountDownLatch next = new CountDownLatch(1);

        transactions().execute(() -> transactions().afterCommit(next::countDown));

        assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).hasValue(0);
    }

    @Test
    void a_hint_outside_of_a_transaction_runs_now() throws Exception {
        CountDownLatch now = new CountDownLatch(1);

        transactions().afterCommit(now::countDown);

        assertThat(now.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
