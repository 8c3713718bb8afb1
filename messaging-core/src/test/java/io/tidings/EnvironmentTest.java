package io.tidings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.message.MessageStatus;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.Receipt;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import io.tidings.provider.Submission;
import io.tidings.test.FakeProvider;
import io.tidings.test.SteppableTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A copy of production, and a store of somewhere else, text nobody. */
class EnvironmentTest {
    private static final String OURS = "+12025550199";

    private final SteppableTime time = new SteppableTime();
    private final Stores stores = Stores.inMemory(time);
    private final List<PhoneNumber> texted = new ArrayList<>();
    private final List<Tidings> open = new ArrayList<>();
    private boolean live;

    @AfterEach
    void close() {
        open.forEach(Tidings::close);
    }

    /** A fake that says of itself that it reaches real people. */
    private Provider provider() {
        FakeProvider fake = new FakeProvider(time);
        return (Provider) Proxy.newProxyInstance(
                Provider.class.getClassLoader(), new Class<?>[] {Provider.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("isLive")) {
                        return live;
                    }
                    if (method.getName().equals("send")) {
                        texted.add(((Submission) arguments[0]).to());
                    }
                    try {
                        return method.invoke(fake, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Tidings start(UnaryOperator<TidingsBuilder> settings) {
        Tidings tidings = settings.apply(Tidings.builder(provider())
                        .stores(stores)
                        .from("55512")
                        .homeCountry("US")
                        .allowInvalidNumbers()
                        .random(new Random(open.size()))
                        .executor(Runnable::run)
                        .time(time))
                .build();
        open.add(tidings);
        return tidings;
    }

    private void pass(Tidings tidings) {
        for (int i = 0; i < 50; i++) {
            time.forward(Duration.ofMillis(100));
            tidings.runDue();
        }
    }

    @Test
    void a_store_of_another_environment_takes_messages_and_sends_none_until_a_person_releases_it() {
        start(settings -> settings.environment("production"));
        Tidings staging = start(settings -> settings.environment("staging"));
        Receipt receipt = staging.sms("+12025550143", "Your car is ready at bay 4.");
        pass(staging);

        assertThat(texted).isEmpty();
        assertThat(receipt.status()).isEqualTo(MessageStatus.QUEUED);
        assertThat(staging.standstill())
                .hasValueSatisfying(why -> assertThat(why).contains("'production'", "'staging'"));

        staging.releaseHold("this copy is staging from now on");
        pass(staging);

        assertThat(texted).hasSize(1);
        assertThat(staging.standstill()).isEmpty();
        assertThat(start(settings -> settings.environment("staging")).standstill())
                .isEmpty();
        assertThat(start(settings -> settings.environment("production")).standstill())
                .isPresent();
    }

    @Test
    void a_system_that_names_no_environment_does_not_send_from_the_store_of_one_that_does() {
        start(settings -> settings.environment("production"));
        Tidings unnamed = start(settings -> settings);
        unnamed.sms("+12025550143", "Your car is ready at bay 4.");
        pass(unnamed);

        assertThat(texted).isEmpty();
        assertThat(unnamed.standstill()).isPresent();
    }

    @Test
    void a_store_that_nobody_named_becomes_that_of_the_first_environment_with_a_name() {
        start(settings -> settings);

        assertThat(start(settings -> settings.environment("production")).standstill())
                .isEmpty();
        assertThat(start(settings -> settings.environment("staging")).standstill())
                .isPresent();
    }

    @Test
    void outside_production_a_live_provider_gets_nothing() {
        live = true;
        Tidings staging = start(settings -> settings.environment("staging"));

        Receipt receipt = staging.sms("+12025550143", "Your car is ready at bay 4.");
        pass(staging);

        assertThat(receipt.status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(staging.explain(receipt.id()).orElseThrow().text()).contains("outside production");
        assertThat(texted).isEmpty();
    }

    @Test
    void outside_production_everything_goes_to_the_one_number() {
        live = true;
        Tidings staging = start(settings -> settings.environment("staging").redirectTo(OURS));

        Receipt receipt = staging.sms("+12025550143", "Your car is ready at bay 4.");
        pass(staging);

        assertThat(texted).containsExactly(new PhoneNumber(OURS));
        assertThat(staging.find(receipt.id()).orElseThrow().stored().message().to())
                .isEqualTo(new PhoneNumber("+12025550143"));
    }

    @Test
    void in_production_and_through_a_sandbox_nothing_is_redirected() {
        live = true;
        Tidings production =
                start(settings -> settings.environment("production").redirectTo(OURS));
        production.sms("+12025550143", "Your car is ready at bay 4.");
        pass(production);
        live = false;
        production.releaseHold("nothing is held; this changes nothing");
        Tidings test = start(settings ->
                settings.environment("test").stores(Stores.inMemory(time)).redirectTo(OURS));
        test.sms("+12025550144", "Your car is ready at bay 4.");
        pass(test);

        assertThat(texted).containsExactly(new PhoneNumber("+12025550143"), new PhoneNumber("+12025550144"));
    }

    @Test
    void a_name_that_is_none_is_refused() {
        assertThatThrownBy(() -> start(settings -> settings.environment("Production!")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lower-case");
    }
}
