package io.tidings.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.UnitOfWork;
import io.tidings.template.TemplateDraft;
import io.tidings.template.TemplateStore;
import io.tidings.template.TemplateVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link TemplateStore} must do. Extend it and give it an empty store. */
public abstract class TemplateStoreContract {

    /** For subclasses. */
    protected TemplateStoreContract() {}

    /** An empty store; called once per test. */
    protected abstract TemplateStore emptyStore();

    /** The transactions that the store of this test takes part in. */
    protected abstract UnitOfWork transactions();

    private static TemplateDraft draft(String name, String text) {
        return TemplateDraft.of(name, text);
    }

    private static TemplateVersion added(TemplateStore store, TemplateDraft draft, int newest) {
        Optional<TemplateVersion> added = store.add(draft, newest);
        assertThat(added).as("version added on top of " + newest).isPresent();
        return added.orElseThrow();
    }

    @Test
    void an_unknown_name_has_nothing() {
        TemplateStore store = emptyStore();

        assertThat(store.newest("none")).isEmpty();
        assertThat(store.find("none", 1)).isEmpty();
        assertThat(store.versions("none")).isEmpty();
        assertThat(store.list("", 10)).isEmpty();
        assertThat(store.delete("none", 1)).isFalse();
    }

    @Test
    void versions_are_numbered_from_one_and_all_stay() {
        TemplateStore store = emptyStore();

        TemplateVersion first = added(store, draft("ready", "one {{x}}"), 0);
        TemplateVersion second = added(store, draft("ready", "two {{x}}"), 1);

        assertThat(first.number()).isEqualTo(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(store.newest("ready")).contains(second);
        assertThat(store.find("ready", 1)).contains(first);
        assertThat(store.versions("ready")).containsExactly(second, first);
    }

    @Test
    void everything_of_a_draft_comes_back() {
        TemplateStore store = emptyStore();
        TemplateDraft draft = new TemplateDraft(
                "ready",
                Map.of(Locale.ROOT, "Hi {{name}} €", Locale.forLanguageTag("es-MX"), "¡Hola {{name}} 🎉!\nAdiós"),
                "crm-17",
                Map.of("team", "service"));

        TemplateVersion added = added(store, draft, 0);

        assertThat(added).isEqualTo(new TemplateVersion(1, draft, false));
        assertThat(store.find("ready", 1)).contains(added);
    }

    @Test
    void a_version_is_added_only_to_the_version_the_caller_saw() {
        TemplateStore store = emptyStore();

        assertThat(store.add(draft("ready", "one"), 1)).isEmpty();
        added(store, draft("ready", "one"), 0);
        assertThat(store.add(draft("ready", "two"), 0)).isEmpty();
        assertThat(store.add(draft("ready", "two"), 2)).isEmpty();
        assertThat(store.versions("ready")).hasSize(1);
    }

    @Test
    void a_deleted_version_stays_readable_and_its_number_is_not_used_again() {
        TemplateStore store = emptyStore();
        added(store, draft("ready", "one"), 0);

        assertThat(store.delete("ready", 1)).isTrue();
        assertThat(store.delete("ready", 1)).isFalse();
        assertThat(store.delete("ready", 2)).isFalse();

        assertThat(store.newest("ready")).isEmpty();
        assertThat(store.list("", 10)).isEmpty();
        assertThat(store.find("ready", 1).orElseThrow().deleted()).isTrue();
        assertThat(added(store, draft("ready", "again"), 0).number()).isEqualTo(2);
    }

    @Test
    void deleting_the_newest_version_brings_back_the_one_before() {
        TemplateStore store = emptyStore();
        TemplateVersion first = added(store, draft("ready", "one"), 0);
        added(store, draft("ready", "two"), 1);

        store.delete("ready", 2);

        assertThat(store.newest("ready")).contains(first);
        assertThat(added(store, draft("ready", "three"), 1).number()).isEqualTo(3);
    }

    @Test
    void after_an_exception_nothing_of_the_transaction_is_visible() {
        TemplateStore store = emptyStore();
        TemplateVersion first = added(store, draft("ready", "one"), 0);

        assertThatThrownBy(() -> transactions().execute(() -> {
                    added(store, draft("ready", "two"), 1);
                    store.delete("ready", 1);
                    added(store, draft("other", "one"), 0);
                    throw new IllegalStateException("the host changed its mind");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(store.versions("ready")).containsExactly(first);
        assertThat(store.newest("ready")).contains(first);
        assertThat(store.versions("other")).isEmpty();
        assertThat(added(store, draft("ready", "two"), 1).number()).isEqualTo(2);
    }

    @Test
    void the_list_is_sorted_by_name_and_read_in_pages() {
        TemplateStore store = emptyStore();
        for (String name : List.of("b", "d", "a", "c", "e")) {
            added(store, draft(name, "text"), 0);
        }
        store.delete("c", 1);

        assertThat(names(store.list("", 2))).containsExactly("a", "b");
        assertThat(names(store.list("b", 2))).containsExactly("d", "e");
        assertThat(names(store.list("e", 2))).isEmpty();
    }

    private static List<String> names(List<TemplateVersion> versions) {
        return versions.stream().map(TemplateVersion::name).toList();
    }

    @Test
    void of_several_threads_that_add_to_the_same_version_one_wins() throws Exception {
        TemplateStore store = emptyStore();
        int threads = 4;
        int rounds = 25;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < rounds; round++) {
                int seen = round;
                CyclicBarrier together = new CyclicBarrier(threads);
                Callable<Optional<TemplateVersion>> adding = () -> {
                    together.await(10, TimeUnit.SECONDS);
                    return store.add(draft("ready", "text"), seen);
                };
                List<Callable<Optional<TemplateVersion>>> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    all.add(adding);
                }
                int winners = 0;
                for (Future<Optional<TemplateVersion>> future : pool.invokeAll(all)) {
                    winners += future.get().isPresent() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(store.versions("ready")).hasSize(rounds);
    }
}
