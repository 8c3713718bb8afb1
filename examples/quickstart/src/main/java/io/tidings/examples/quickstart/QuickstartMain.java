package io.tidings.examples.quickstart;

import io.tidings.examples.quickstart.Command.Help;
import io.tidings.examples.quickstart.Command.LiveRun;
import io.tidings.examples.quickstart.Command.SandboxRun;
import io.tidings.examples.quickstart.SandboxJob.Input;
import io.tidings.examples.quickstart.SandboxJob.Plan;
import io.tidings.message.TidingsException;
import io.tidings.message.TimeSource;
import io.tidings.price.PriceBook;
import io.tidings.twilio.TwilioProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The program. Ends with 0 if all went as promised, 1 if not, 2 if it could not begin: a wrong option, a missing
 * variable, an unreadable file.
 */
public final class QuickstartMain {
    /** Simulated: the 30 minutes until an unknown outcome is decided pass in 7 seconds. Real: as it is. */
    private static final Pace PACE = new Pace(0.004, 1);

    private static final int MOST_SEEDS = 1_000_000;

    private final Map<String, String> environment;
    private final Terminal terminal;
    private final Pace pace;

    QuickstartMain(Map<String, String> environment, Terminal terminal, Pace pace) {
        this.environment = environment;
        this.terminal = terminal;
        this.pace = pace;
    }

    /**
     * What waits are multiplied with.
     *
     * @param simulated delays and mishaps of the carrier, our waits and horizons in the sandbox
     * @param live waits between polls of a real text
     */
    record Pace(double simulated, double live) {}

    /** Runs the command that the arguments name; {@code --help} lists them. */
    public static void main(String[] arguments) throws InterruptedException {
        Terminal terminal = new Terminal(
                System.out,
                System.err,
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                Boolean.getBoolean("quickstart.asks"),
                Boolean.getBoolean("quickstart.rewrites"));
        System.exit(new QuickstartMain(System.getenv(), terminal, PACE).run(arguments));
    }

    int run(String... arguments) throws InterruptedException {
        try {
            Command command =
                    CommandLine.parse(List.of(arguments), environment, () -> new SecureRandom().nextInt(MOST_SEEDS));
            return carryOut(command);
        } catch (UsageException e) {
            terminal.err().println("quickstart: " + e.getMessage());
            terminal.err().println("examples/quickstart/run --help lists the options");
            return 2;
        } catch (TidingsException | IllegalArgumentException | UncheckedIOException e) {
            terminal.err().println("quickstart: " + e.getMessage());
            return 2;
        }
    }

    private int carryOut(Command command) throws InterruptedException {
        if (command instanceof Help) {
            terminal.out().print(CommandLine.USAGE);
            return 0;
        }
        return command instanceof LiveRun live ? live(live) : sandbox((SandboxRun) command);
    }

    private int sandbox(SandboxRun run) throws InterruptedException {
        Input input = new Input(
                RecipientList.read(open(run.list(), "recipients.csv")),
                run.list() != null && run.optOuts() == null
                        ? List.of()
                        : OptOutList.read(open(run.optOuts(), "opt-outs.csv")),
                PriceBook.csv(new InputStreamReader(open(null, "prices.csv"), StandardCharsets.UTF_8)));
        Verdict verdict;
        try (Keep keep = run.keep() == null ? Keep.nowhere() : Keep.in(run.keep())) {
            Plan plan = new Plan(keep.seed(run.seed()), run.hostility(), pace.simulated());
            verdict = new SandboxJob(plan, input, terminal, TimeSource.system(), keep).run();
        }
        if (!verdict.holds()) {
            terminal.err().println("quickstart: the figures are not as promised");
        }
        terminal.out().println(verdict.line());
        return verdict.holds() ? 0 : 1;
    }

    private int live(LiveRun run) throws InterruptedException {
        LiveSettings settings = LiveSettings.read(run, environment, new SecureRandom());
        TwilioProvider provider = settings.provider(environment);
        return new LiveJob(run, new LiveJob.Line(settings, provider, pace.live()), terminal, TimeSource.system()).run()
                ? 0
                : 1;
    }

    private static InputStream open(@Nullable Path file, String bundled) {
        try {
            return file == null
                    ? Objects.requireNonNull(QuickstartMain.class.getResourceAsStream(bundled), bundled)
                    : Files.newInputStream(file);
        } catch (IOException e) {
            throw new UsageException("the file cannot be read: " + file);
        }
    }
}
