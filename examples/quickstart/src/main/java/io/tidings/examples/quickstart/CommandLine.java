package io.tidings.examples.quickstart;

import io.tidings.examples.quickstart.Command.Callbacks;
import io.tidings.examples.quickstart.Command.Help;
import io.tidings.examples.quickstart.Command.LiveRun;
import io.tidings.examples.quickstart.Command.SandboxRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads options. Throws {@link UsageException} for what it does not know and for what contradicts itself. */
final class CommandLine {
    static final String USAGE = """
            Usage: examples/quickstart/run [--seed N] [--hostility NAME] [--csv FILE [--opt-outs FILE]]
                                           [--keep FOLDER]
                   examples/quickstart/run --live --to +NUMBER [--from SENDER] [--text TEXT] [--yes]
                                           [--public-url URL [--port N]] [--timeout SECONDS]

            Without --live everything happens on this machine, against a simulated Twilio.
              --seed N          repeats a run; also TIDINGS_SEED; otherwise one is drawn and printed
              --hostility NAME  how badly the simulated Twilio behaves: calm, hostile or brutal; hostile
              --calm            the same as --hostility calm
              --csv FILE        another list: name,phone,country,language,order,time
              --opt-outs FILE   who wants no texts: phone,country
              --keep FOLDER     keeps the run in an H2 file there, to go on after a kill (an experiment, see the README)

            --live sends exactly one real text, which costs money. It needs TWILIO_ACCOUNT_SID, and either
            TWILIO_AUTH_TOKEN or TWILIO_API_KEY with TWILIO_API_KEY_SECRET.
              --to +NUMBER      the recipient, in international form
              --from SENDER     number, short code, name or messaging service; also TWILIO_MESSAGING_SERVICE_SID,
                                TWILIO_FROM
              --text TEXT       what to send; otherwise one sentence with a random token
              --yes             sends without asking
              --public-url URL  an https address that leads to --port (8080) on this machine; without it Twilio is
                                asked for the status instead of calling
              --timeout SECONDS how long to wait for the final state; 120

              --help            prints this
            """;

    private static final Set<String> HOSTILITIES = Set.of("calm", "hostile", "brutal");
    private static final Set<String> SWITCHES = Set.of("--help", "--live", "--yes", "--calm");
    private static final Set<String> FOR_SANDBOX =
            Set.of("--seed", "--hostility", "--calm", "--csv", "--opt-outs", "--keep");
    private static final Set<String> FOR_LIVE =
            Set.of("--live", "--yes", "--to", "--from", "--text", "--public-url", "--port", "--timeout");

    private final Map<String, String> given;

    private CommandLine(Map<String, String> given) {
        this.given = given;
    }

    static Command parse(List<String> arguments, Map<String, String> environment, LongSupplier anySeed) {
        CommandLine line = new CommandLine(collect(arguments));
        if (line.given.containsKey("--help")) {
            return new Help();
        }
        return line.given.containsKey("--live") ? line.live() : line.sandbox(environment, anySeed);
    }

    private static Map<String, String> collect(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.remove(0);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!SWITCHES.contains(name) && !FOR_SANDBOX.contains(name) && !FOR_LIVE.contains(name)) {
                throw new UsageException("there is no option " + name);
            }
            String value = equals < 0 ? "" : argument.substring(equals + 1);
            if (!SWITCHES.contains(name) && equals < 0) {
                if (left.isEmpty() || left.get(0).startsWith("--")) {
                    throw new UsageException(name + " needs a value");
                }
                value = left.remove(0);
            }
            if (given.put(name, value) != null) {
                throw new UsageException(name + " is given twice");
            }
        }
        return given;
    }

    private SandboxRun sandbox(Map<String, String> environment, LongSupplier anySeed) {
        refuse(FOR_LIVE, "belongs to --live, which is not given");
        String seed = given.getOrDefault("--seed", environment.getOrDefault("TIDINGS_SEED", ""));
        Path list = path("--csv");
        Path optOuts = path("--opt-outs");
        if (list == null && optOuts != null) {
            throw new UsageException("--opt-outs belongs to a list of your own: add --csv FILE");
        }
        return new SandboxRun(
                seed.isEmpty() ? anySeed.getAsLong() : whole("the seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
                hostility(),
                list,
                optOuts,
                path("--keep"));
    }

    private String hostility() {
        String name = given.get("--hostility");
        if (name != null && given.containsKey("--calm")) {
            throw new UsageException("--calm and --hostility are given both; leave one out");
        }
        if (name == null) {
            return given.containsKey("--calm") ? "calm" : "hostile";
        }
        if (!HOSTILITIES.contains(name)) {
            throw new UsageException("--hostility is calm, hostile or brutal");
        }
        return name;
    }

    private LiveRun live() {
        if (given.containsKey("--csv") || given.containsKey("--opt-outs")) {
            throw new UsageException("--live sends one text to one number and takes no list; leave --csv out");
        }
        refuse(FOR_SANDBOX, "decides a simulated run and contradicts --live");
        String to = given.get("--to");
        if (to == null) {
            throw new UsageException("--live needs --to with one number, such as --to +12025550143");
        }
        Duration patience = Duration.ofSeconds(whole("--timeout", given.getOrDefault("--timeout", "120"), 1, 3600));
        return new LiveRun(
                to, given.get("--from"), given.get("--text"), callbacks(), patience, given.containsKey("--yes"));
    }

    private @Nullable Callbacks callbacks() {
        String url = given.get("--public-url");
        if (url == null) {
            if (given.containsKey("--port")) {
                throw new UsageException("--port belongs to --public-url: the port that this address leads to");
            }
            return null;
        }
        int port = (int) whole("--port", given.getOrDefault("--port", "8080"), 0, 65_535);
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                throw new UsageException("--public-url is an address such as https://example.com/texts");
            }
            return new Callbacks(uri, port);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--public-url is an address such as https://example.com/texts");
        }
    }

    private void refuse(Set<String> names, String why) {
        for (String name : new TreeSet<>(names)) {
            if (given.containsKey(name)) {
                throw new UsageException(name + " " + why);
            }
        }
    }

    private @Nullable Path path(String name) {
        String value = given.get(name);
        return value == null ? null : Path.of(value);
    }

    private static long whole(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the one sentence for both
        }
        String range = most == Long.MAX_VALUE ? "" : " from " + least + " to " + most;
        throw new UsageException(name + " is a whole number" + range);
    }
}
