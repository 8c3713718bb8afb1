package io.tidings.examples.quickstart;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.examples.quickstart.Command.LiveRun;
import io.tidings.message.InvalidNumberException;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Sender;
import io.tidings.twilio.Twilio;
import io.tidings.twilio.TwilioProvider;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything one real text needs, checked before anything is asked of Twilio.
 *
 * @param to the recipient
 * @param country the recipient's, the only one that is opened
 * @param from the sender
 * @param text what it says
 * @param credentials the account
 */
record LiveSettings(PhoneNumber to, String country, Sender from, String text, CredentialSource credentials) {
    /** For the tests of this example: a sandbox instead of Twilio, on this machine only. */
    private static final String BASE_URL = "TIDINGS_TWILIO_BASE_URL";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final List<String> SENDERS = List.of("TWILIO_MESSAGING_SERVICE_SID", "TWILIO_FROM");

    static LiveSettings read(LiveRun run, Map<String, String> environment, RandomGenerator random) {
        CredentialSource credentials = CredentialSource.environment(environment);
        Credentials current = credentials.current();
        if (run.callbacks() != null && current.authTokens().isEmpty()) {
            throw new UsageException("TWILIO_AUTH_TOKEN is missing in the environment; callbacks to --public-url are"
                    + " signed with it, also where an API key signs in");
        }
        if (!run.to().strip().startsWith("+")) {
            throw new UsageException("--to is one number in international form, such as +12025550143");
        }
        try {
            PhoneNumber to = PhoneNumber.parse(run.to(), "US");
            String country =
                    to.region().orElseThrow(() -> new UsageException("--to belongs to no country that can be opened"));
            Sender from = Sender.parse(from(run.from(), environment), country);
            return new LiveSettings(to, country, from, text(run.text(), random), credentials);
        } catch (InvalidNumberException e) {
            throw new UsageException("recipient or sender: " + e.getMessage());
        }
    }

    private static String from(@Nullable String option, Map<String, String> environment) {
        if (option != null) {
            return option;
        }
        return SENDERS.stream()
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> new UsageException("the sender is missing: give --from SENDER, or set"
                        + " TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM in the environment"));
    }

    /** The token makes the text recognisable in Twilio's list. */
    private static String text(@Nullable String option, RandomGenerator random) {
        byte[] token = new byte[4];
        random.nextBytes(token);
        return option != null
                ? option
                : "Test " + HexFormat.of().withUpperCase().formatHex(token) + " of Tidings. No answer needed.";
    }

    TwilioProvider provider(Map<String, String> environment) {
        Twilio.Builder builder = Twilio.provider(credentials);
        String base = environment.getOrDefault(BASE_URL, "");
        if (!base.isEmpty()) {
            return builder.baseUrl(loopback(base)).build();
        }
        String region = environment.getOrDefault("TWILIO_REGION", "");
        String edge = environment.getOrDefault("TWILIO_EDGE", "");
        if (!region.isEmpty()) {
            builder.region(region);
        }
        if (!edge.isEmpty()) {
            builder.edge(edge);
        }
        return builder.build();
    }

    private static URI loopback(String base) {
        try {
            URI uri = URI.create(base);
            if (uri.getHost() != null && LOOPBACK.contains(uri.getHost())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one sentence for both
        }
        throw new UsageException(BASE_URL + " must be an address of this machine, such as http://127.0.0.1:8090");
    }

    /** The account, without most of its digits. */
    String maskedAccount() {
        String sid = credentials.current().accountSid();
        return sid.substring(0, 2) + "..." + sid.substring(sid.length() - 4);
    }

    /** The sender, without most of the digits of a number. */
    String maskedSender() {
        return from instanceof Sender.Number number ? number.number().toString() : from.address();
    }

    /** Prints neither number nor text. */
    @Override
    public String toString() {
        return "LiveSettings[to=" + to + ", country=" + country + ", account=" + maskedAccount() + "]";
    }
}
