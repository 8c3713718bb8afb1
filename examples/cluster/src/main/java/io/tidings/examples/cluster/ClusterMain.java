package io.tidings.examples.cluster;

import io.tidings.sandbox.SandboxLog;
import io.tidings.sandbox.SandboxMain;
import io.tidings.webhook.LocalWebhooks;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the example: a sandbox, a database, nodes that die, a shop that sends; then judges. */
final class ClusterMain {
    private static final Pattern LISTENING =
            Pattern.compile("sandbox listening on (\\S+) account=(\\S+) token=(\\S+) seed=.*");

    private final Plan plan;
    private final PrintStream out;

    private ClusterMain(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Plan.USAGE);
            return;
        }
        try {
            Plan plan = Plan.of(arguments);
            Verdict verdict = run(plan, System.out);
            System.out.println(verdict.line());
            System.exit(verdict.holds(plan) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /** One run, with its picture. */
    static Verdict run(Plan plan, PrintStream out) throws IOException, InterruptedException {
        return new ClusterMain(plan, out).run();
    }

    private Verdict run() throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%d nodes, %d senders at %d segments/s each, %d kills, %d pauses, seed %d%n",
                plan.nodes(),
                plan.senders(),
                plan.rate(),
                plan.kills(),
                plan.pauses(),
                plan.seed());
        Path folder = Files.createTempDirectory("tidings-cluster");
        try (EmbeddedPostgres database = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                Processes processes = new Processes(folder);
                LocalWebhooks webhooks = LocalWebhooks.on(0)) {
            Path log = folder.resolve("sandbox.log");
            Matcher sandbox = sandbox(processes, log);
            Place place = new Place(
                    database.getJdbcUrl("postgres", "postgres"),
                    sandbox.group(1),
                    sandbox.group(2),
                    sandbox.group(3),
                    webhooks.url().toString(),
                    plan.rate(),
                    plan.codes());
            return run(processes, place, webhooks, log);
        }
    }

    private Matcher sandbox(Processes processes, Path log) {
        List<String> arguments = new ArrayList<>(
                List.of("--seed", Long.toString(plan.seed()), "--log", log.toString(), "--delays", "0.02"));
        arguments.add("--deliver-all");
        plan.codes().forEach(code -> arguments.addAll(List.of("--sender", code + "=100000")));
        Matcher line = LISTENING.matcher(
                processes.start("sandbox", SandboxMain.class, arguments).line());
        if (!line.matches()) {
            throw new IllegalStateException("the sandbox said something else than where it listens");
        }
        return line;
    }

    private Verdict run(Processes processes, Place place, LocalWebhooks webhooks, Path log)
            throws InterruptedException {
        try (Shop shop = new Shop(place, webhooks, plan.seed())) {
            Nodes nodes = new Nodes(processes, place, shop.tidings(), plan.seed());
            nodes.start(plan.nodes());
            ExecutorService fate = Executors.newSingleThreadExecutor();
            CompletableFuture<Void> suffering =
                    CompletableFuture.runAsync(() -> nodes.suffer(plan.kills(), plan.pauses()), fate);
            shop.open(plan.messages(), plan.senders() * plan.rate() * 4 / 5, () -> !suffering.isDone());
            suffering.join();
            fate.shutdown();
            out.printf(
                    Locale.ROOT,
                    "%d orders committed, %d rolled back; waiting for the last receipts%n",
                    shop.sent().size(),
                    shop.rolledBack());
            shop.waitForTheEnds(Duration.ofSeconds(90));
            nodes.stop();
            SandboxLog truth = SandboxLog.read(log);
            new Picture(plan, out).draw(truth, nodes.events());
            out.println("\n" + shop.tidings().doubts());
            return new Judge(truth).judge(shop.tidings(), shop.sent(), plan, nodes.events());
        }
    }
}
