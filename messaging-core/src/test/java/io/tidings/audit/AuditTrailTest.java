package io.tidings.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.account.TidingsSecret;
import io.tidings.audit.AuditChain.Head;
import io.tidings.audit.AuditChain.Link;
import io.tidings.message.Secret;
import io.tidings.message.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder = Path.of("");

    @Test
    void an_act_that_rolls_back_leaves_no_entry() {
        AuditScene scene = new AuditScene();

        assertThatThrownBy(() -> scene.transactions.execute(() -> {
                    scene.act(1);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(scene.trail.search(AuditQuery.all())).isEmpty();
        assertThat(scene.trail.verify()).isEqualTo(new AuditVerdict(0, null));
    }

    @Test
    void a_thousand_erased_people_leave_a_sound_chain_and_no_trace() {
        AuditScene scene = new AuditScene();
        for (int i = 0; i < 2_000; i++) {
            scene.act(i % 1_000);
        }
        scene.trail.seal();
        scene.mirrored.clear();
        for (int i = 0; i < 1_000; i++) {
            assertThat(scene.trail.erase(TenantId.DEFAULT, AuditScene.person(i)))
                    .isEqualTo(2);
        }

        assertThat(scene.trail.verify()).isEqualTo(new AuditVerdict(3_000, null));
        byte[] export = scene.export();
        String dump = new String(export, StandardCharsets.UTF_8)
                + scene.store.unsealed(5_000)
                + scene.store.after("main", 0, 5_000)
                + scene.trail.search(AuditQuery.all().limit(1000))
                + scene.checkpoints;
        assertThat(dump).doesNotContain("+1202555").doesNotContain("order ");
        assertThat(scene.verify(export).isIntact()).isTrue();
    }

    @Test
    void an_entry_prints_nothing_personal() {
        AuditScene scene = new AuditScene();
        scene.act(17);

        assertThat(scene.trail.search(AuditQuery.all()).toString())
                .contains("message.sent")
                .doesNotContain("5550017")
                .doesNotContain("order 17");
    }

    @Test
    void eight_sealers_and_eight_writers_make_one_chain() throws Exception {
        AuditScene scene = new AuditScene();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<?>> running = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < 8; i++) {
            AuditTrail other = scene.trail(scene.secret);
            running.add(threads.submit(() -> {
                start.await();
                for (int n = 0; n < 200; n++) {
                    scene.act(n);
                }
                return null;
            }));
            running.add(threads.submit(() -> {
                start.await();
                for (int n = 0; n < 50; n++) {
                    other.seal();
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdownNow();
        scene.checkpoints.clear();

        assertThat(scene.trail.verify()).isEqualTo(new AuditVerdict(1_600, null));
    }

    @Test
    void a_rotated_secret_goes_on_with_the_same_chain() throws IOException {
        AuditScene scene = new AuditScene();
        Secret old = new Secret(SECRET);
        scene.act(1);
        scene.trail(TidingsSecret.of(old)).seal();
        scene.act(2);
        AuditTrail rotated = scene.trail(TidingsSecret.of(new Secret("x" + SECRET), old));

        assertThat(rotated.verify()).isEqualTo(new AuditVerdict(2, null));
        assertThat(scene.trail(TidingsSecret.of(new Secret("x" + SECRET)))
                        .verify()
                        .isIntact())
                .isFalse();
    }

    @Test
    void a_failing_sink_is_handed_the_checkpoint_again_and_breaks_nothing() {
        List<Checkpoint> kept = new ArrayList<>();
        boolean[] broken = {true};
        AuditScene scene = new AuditScene();
        AuditSettings failing = AuditSettings.defaults().withCheckpoints(checkpoint -> {
            if (broken[0]) {
                throw new IllegalStateException("the disk is full");
            }
            kept.add(checkpoint);
        });
        AuditTrail trail = new AuditTrail(scene.store, scene.store, scene.log, failing, scene.secret, scene.time);
        scene.act(1);
        trail.checkpoint();
        broken[0] = false;
        trail.seal();

        assertThat(kept).extracting(Checkpoint::sequence).containsExactly(1L);
        assertThat(trail.verify().isIntact()).isTrue();
    }

    @Test
    void a_stored_record_whose_entry_is_gone_or_tells_another_time_is_named() {
        AuditScene scene = new AuditScene();
        scene.act(1);
        scene.act(2);
        scene.trail.seal();
        AuditChain gone = new Altered(scene.store, 2, link -> with(link, null));
        AuditChain later = new Altered(scene.store, 2, link -> with(link, later(Objects.requireNonNull(link.entry()))));

        for (AuditChain chain : List.of(gone, later)) {
            AuditTrail trail = new AuditTrail(scene.store, chain, scene.log, scene.settings, scene.secret, scene.time);
            assertThat(trail.verify().broken())
                    .extracting("sequence", "kind")
                    .containsExactly(2L, AuditVerdict.Kind.ALTERED);
        }
    }

    private static Link with(Link link, @Nullable AuditEntry entry) {
        return new Link(link.sequence(), link.segment(), link.key(), link.hash(), link.at(), entry, link.closed());
    }

    private static AuditEntry later(AuditEntry entry) {
        return new AuditEntry(
                entry.id(),
                entry.at().plusSeconds(3_600),
                entry.tenant(),
                entry.actor(),
                entry.action(),
                entry.message(),
                entry.place(),
                entry.commitment(),
                entry.data());
    }

    /** A chain of which somebody changed one stored record. */
    private record Altered(AuditChain inner, long sequence, UnaryOperator<Link> change) implements AuditChain {
        @Override
        public List<AuditEntry> unsealed(int limit) {
            return inner.unsealed(limit);
        }

        @Override
        public Head head(String chain) {
            return inner.head(chain);
        }

        @Override
        public boolean seal(Head expected, Head next, List<Link> links) {
            return inner.seal(expected, next, links);
        }

        @Override
        public List<Link> after(String chain, long from, int limit) {
            return inner.after(chain, from, limit).stream()
                    .map(link -> link.sequence() == sequence ? change.apply(link) : link)
                    .toList();
        }

        @Override
        public void archive(String chain, Link last) {
            inner.archive(chain, last);
        }
    }

    @Test
    void an_archive_and_the_rest_verify_together_by_command() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        AuditScene scene = new AuditScene(AuditSettings.defaults().withSigning(pair));
        AuditTrail trail = scene.trail(TidingsSecret.of(new Secret(SECRET)));
        scene.act(1);
        scene.act(2);
        scene.time.forward(Duration.ofDays(31));
        scene.act(3);
        StringBuilder archive = new StringBuilder();
        assertThat(trail.archive(archive)).isEqualTo(3);
        StringBuilder rest = new StringBuilder();
        trail.export(rest);
        trail.checkpoint();
        String a = file("a", archive.toString());
        String b = file("b", rest.toString());
        String checkpoints = file(
                "c",
                String.join(
                        "\n", scene.checkpoints.stream().map(Checkpoint::line).toList()));
        String pem = file(
                "p",
                "-----BEGIN PUBLIC KEY-----\n"
                        + java.util.Base64.getEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        assertThat(trail.verify().isIntact()).isTrue();
        assertThat(run("--checkpoints", checkpoints, "--public-key", pem, a, b)).isEqualTo("0 intact, 5 records");
        assertThat(run("--checkpoints", checkpoints, "--public-key", pem, b)).isEqualTo("0 intact, 2 records");
        assertThat(run("--checkpoints", checkpoints, "--public-key", pem, a)).startsWith("1 broken at 4: TRUNCATED");
        assertThat(run("--checkpoints", checkpoints, a, b)).startsWith("1 broken at 3: CHECKPOINT");
        assertThat(run()).startsWith("2 no export given");
    }

    @Test
    void a_beginning_that_was_cut_off_without_an_archiving_is_missed() throws Exception {
        AuditScene scene = new AuditScene();
        scene.act(1);
        scene.act(2);
        scene.time.forward(Duration.ofDays(31));
        scene.act(3);
        scene.trail.seal();
        AuditChain.Link second = scene.store.after("main", 1, 1).get(0);

        scene.transactions.execute(() -> scene.store.archive("main", second));

        AuditVerdict.Broken broken = Objects.requireNonNull(scene.trail.verify().broken());
        assertThat(broken.sequence()).isEqualTo(1);
        assertThat(broken.kind()).isEqualTo(AuditVerdict.Kind.MISSING);
        assertThat(scene.verify(scene.export()).isIntact()).isFalse();
    }

    @Test
    void what_was_archived_twice_still_verifies_alone() throws Exception {
        AuditScene scene = new AuditScene();
        for (int month = 0; month < 3; month++) {
            scene.act(month);
            scene.time.forward(Duration.ofDays(31));
            scene.act(month + 10);
            scene.trail.archive(new StringBuilder());
            assertThat(scene.trail.verify().isIntact()).isTrue();
        }
    }

    @Test
    void with_the_wrong_secret_nothing_is_sound() {
        AuditScene scene = new AuditScene();
        scene.act(1);
        scene.trail.seal();

        AuditVerdict verdict = scene.trail(TidingsSecret.random()).verify();

        assertThat(verdict.isIntact()).isFalse();
        assertThat(verdict.records()).isZero();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = AuditVerifierMain.run(List.of(args), Map.of("TIDINGS_SECRET", SECRET), new PrintStream(out));
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
        return code + " " + out.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void three_writers_are_sealed_at_a_speed_that_is_printed() throws Exception {
        AuditScene scene = new AuditScene();
        int each = 10_000;
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> running = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            running.add(threads.submit(() -> {
                for (int n = 0; n < each; n++) {
                    scene.act(n);
                }
            }));
        }
        for (Future<?> one : running) {
            while (!one.isDone()) {
                scene.trail.seal();
            }
            one.get();
        }
        scene.trail.seal();
        long nanos = System.nanoTime() - start;
        threads.shutdownNow();

        System.out.printf("audit appends sealed per second: %,d%n", 3L * each * 1_000_000_000L / nanos);
        assertThat(scene.trail.verify()).isEqualTo(new AuditVerdict(3L * each, null));
    }
}
