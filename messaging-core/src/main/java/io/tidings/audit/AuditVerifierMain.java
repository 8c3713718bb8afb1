package io.tidings.audit;

import io.tidings.account.TidingsSecret;
import io.tidings.message.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Verifies exports of the audit trail without a database: {@code AuditVerifierMain [--checkpoints FILE]
 * [--secret-file FILE] [--public-key FILE] EXPORT...}.
 *
 * <p>Exports come in order, archives first. The secret comes from a file with one secret a line, or from
 * {@code TIDINGS_SECRET}; it is never printed. Ends with 0 if the chain is intact, 1 if it is broken, 2 if the command or
 * a file is wrong.
 */
public final class AuditVerifierMain {
    private static final String USAGE = "usage: AuditVerifierMain [--checkpoints FILE] [--secret-file FILE]"
            + " [--public-key FILE] EXPORT...  (the secret: --secret-file or TIDINGS_SECRET)";

    private AuditVerifierMain() {}

    /** Runs the command and ends the process. */
    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args), System.getenv(), System.out));
    }

    static int run(List<String> args, Map<String, String> environment, PrintStream out) {
        try {
            AuditVerdict verdict = verify(args, environment);
            out.println(verdict);
            return verdict.isIntact() ? 0 : 1;
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            out.println(e.getMessage());
        } catch (IOException e) {
            out.println("a file cannot be read: " + e.getMessage());
        }
        out.println(USAGE);
        return 2;
    }

    private static AuditVerdict verify(List<String> args, Map<String, String> environment)
            throws IOException, GeneralSecurityException {
        List<Path> exports = new ArrayList<>();
        List<Checkpoint> checkpoints = new ArrayList<>();
        List<String> secrets = List.of(environment.getOrDefault("TIDINGS_SECRET", ""));
        PublicKey key = null;
        for (int i = 0; i < args.size(); i++) {
            switch (args.get(i)) {
                case "--checkpoints" -> {
                    for (String line : lines(args, ++i)) {
                        checkpoints.add(Checkpoint.parse(line));
                    }
                }
                case "--secret-file" -> secrets = lines(args, ++i);
                case "--public-key" -> key = publicKey(String.join("", lines(args, ++i)));
                default -> exports.add(Path.of(args.get(i)));
            }
        }
        if (exports.isEmpty()) {
            throw new IllegalArgumentException("no export given");
        }
        TidingsSecret secret =
                TidingsSecret.of(secrets.stream().map(Secret::new).toList());
        AuditVerifier verifier = AuditVerifier.with(secret).withCheckpoints(checkpoints);
        return (key == null ? verifier : verifier.withPublicKey(key)).verify(exports);
    }

    private static List<String> lines(List<String> args, int index) throws IOException {
        if (index >= args.size()) {
            throw new IllegalArgumentException(args.get(index - 1) + " needs a file");
        }
        return Files.readAllLines(Path.of(args.get(index))).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** From the usual PEM text. */
    private static PublicKey publicKey(String pem) throws GeneralSecurityException {
        byte[] encoded = Base64.getDecoder()
                .decode(pem.replaceAll("-----[A-Z ]+-----", "").strip());
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
