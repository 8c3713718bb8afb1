package io.tidings.torture;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.MessageId;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A host that sends until it is told to stop by SIGTERM; its shutdown hook closes Tidings and then writes what became of
 * each message. Arguments: the sandbox's address, its account, its token, the file to write.
 */
final class StopUnderLoadMain {
    private StopUnderLoadMain() {}

    public static void main(String[] args) {
        Tidings tidings = Tidings.builder(
                        Twilio.provider(CredentialSource.fixed(Credentials.authToken(args[1], new Secret(args[2]))))
                                .baseUrl(URI.create(args[0]))
                                .build())
                .from(Scene.SENDER)
                .homeCountry("US")
                .rates(SenderRates.defaults().with(new Sender.ShortCode(Scene.SENDER), Rate.perSecond(200)))
                .start();
        Map<String, MessageId> sent = new ConcurrentHashMap<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            tidings.close();
            write(Path.of(args[3]), tidings, sent);
        }));
        for (int i = 0; ; i++) {
            String text = "T%07d is ready.".formatted(i);
            sent.put(
                    text,
                    tidings.send(OutboundMessage.to(new PhoneNumber("+1202555%04d".formatted(i % 10_000)))
                                    .text(text)
                                    .build())
                            .id());
            LockSupport.parkNanos(3_000_000);
        }
    }

    private static void write(Path file, Tidings tidings, Map<String, MessageId> sent) {
        List<String> lines = sent.entrySet().stream()
                .map(entry -> tidings.find(entry.getValue()).orElseThrow().status() + " " + entry.getKey())
                .toList();
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new IllegalStateException("the outcome cannot be written", e);
        }
    }
}
