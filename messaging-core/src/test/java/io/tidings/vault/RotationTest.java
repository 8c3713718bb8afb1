package io.tidings.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.dispatch.SenderRates;
import io.tidings.message.MessageStatus;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.message.TimeSource;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.HandsetProfile;
import io.tidings.sandbox.Sandbox;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.LocalWebhooks;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Row 45: the auth token is rotated three times under load, through Vault, without a restart. */
class RotationTest {
    private static final String OURS = "+12025550100";
    private static final int ROTATIONS = 3;
    private static final int EACH = 200;

    /** Twilio's way: a secondary token, known to us first; promoted there; then the old one is left out. */
    @Test
    void nothing_is_lost_or_dead_and_no_webhook_is_rejected_while_the_token_is_rotated() throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                        .seed(45)
                        .sender(OURS, 1000)
                        .handsets(HandsetProfile.allDelivered())
                        .delays(Delays.realistic().times(0.02))
                        .start();
                VaultStub stub = new VaultStub(TimeSource.system());
                Vault vault = Vault.at(stub.url())
                        .login(VaultLogin.appRole(VaultStub.ROLE, new Secret(VaultStub.SECRET_ID)))
                        .remembering(Duration.ofMillis(100), Duration.ofMinutes(1))
                        .open();
                LocalWebhooks webhooks = LocalWebhooks.on(0)) {
            stub.put("twilio", sandbox.accountSid(), sandbox.authToken());
            CredentialSource source = vault.credentials("secret", "twilio");
            Tidings tidings = Tidings.builder(Twilio.provider(source)
                            .baseUrl(URI.create(sandbox.url()))
                            .build())
                    .from(OURS)
                    .rates(SenderRates.defaults().with(new Sender.Number(new PhoneNumber(OURS)), Rate.perSecond(150)))
                    .publicUrl(webhooks.url(), () -> source.current().authTokens())
                    .start();
            try (tidings) {
                webhooks.answer(tidings.webhooks());
                for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                    long before = (long) (rotation - 1) * EACH;
                    send(tidings, rotation);
                    // The token of two rotations ago leaves when its last callback has come, as an operator would wait.
                    await(() -> delivered(tidings) >= before);
                    rotate(sandbox, stub, source, "%032x".formatted(rotation));
                }
                await(() -> delivered(tidings) == ROTATIONS * EACH);

                assertThat(tidings.deadLetters().groups()).isEmpty();
                assertThat(tidings.doubts().open()).isZero();
                assertThat(tidings.webhooks().counts().forbidden()).isZero();
                assertThat(tidings.webhooks().counts().kept()).isGreaterThanOrEqualTo(ROTATIONS * EACH);
                assertThat(sandbox.messages()).hasSize(ROTATIONS * EACH);
            }
        }
    }

    private static void send(Tidings tidings, int rotation) {
        for (int i = 0; i < EACH; i++) {
            tidings.sms("+120255501%02d".formatted(10 + i % 90), "Parcel " + rotation + "-" + i + " is on its way.");
        }
    }

    /** At every step messages are under way. */
    private static void rotate(Sandbox sandbox, VaultStub stub, CredentialSource source, String fresh) {
        String old = sandbox.authToken();
        stub.put("twilio", sandbox.accountSid(), old, fresh);
        await(() -> source.current().authTokens().contains(new Secret(fresh)));
        sandbox.rotateAuthToken(fresh);
        stub.put("twilio", sandbox.accountSid(), fresh, old);
        await(() -> source.current().secret().reveal().equals(fresh));
    }

    private static long delivered(Tidings tidings) {
        return tidings.counts().getOrDefault(MessageStatus.DELIVERED, 0L);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }
}
