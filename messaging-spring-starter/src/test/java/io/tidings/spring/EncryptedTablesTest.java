package io.tidings.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.history.MessageFilter;
import io.tidings.jdbc.ColumnKeys;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.Base64;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;

class EncryptedTablesTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NUMBER = "+12025550143";

    private final ApplicationContextRunner runner =
            Contexts.withDatabase().withConfiguration(AutoConfigurations.of(JdbcTemplateAutoConfiguration.class));

    private static ContextConsumer<AssertableApplicationContext> encrypts(String id) {
        return context -> {
            Tidings tidings = context.getBean(Tidings.class);
            tidings.sms(NUMBER, "Your car is ready.");

            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT recipient || body FROM tidings_queue", String.class))
                    .contains("e1:" + id + ":")
                    .doesNotContain("2025550143", "ready");
            assertThat(tidings.history()
                            .each(MessageFilter.of(TenantId.DEFAULT).to(new PhoneNumber(NUMBER)), found -> {}))
                    .isEqualTo(1);
        };
    }

    private static ContextConsumer<AssertableApplicationContext> fails(Function<String, Boolean> says) {
        return context -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
                .isInstanceOf(NotConfiguredException.class)
                .extracting(Throwable::getMessage)
                .matches(says::apply)
                .asString()
                .doesNotContain(KEY);
    }

    @Test
    void the_key_of_the_properties_encrypts() {
        runner.withPropertyValues("tidings.encryption.key-id=2026", "tidings.encryption.keys.2026=" + KEY)
                .run(encrypts("2026"));
    }

    @Test
    void the_key_of_a_bean_encrypts() {
        runner.withBean(ColumnKeys.class, () -> ColumnKeys.of("mine", new byte[32]))
                .run(encrypts("mine"));
    }

    @Test
    void nothing_is_encrypted_by_itself() {
        runner.run(context -> {
            context.getBean(Tidings.class).sms(NUMBER, "Your car is ready.");

            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT recipient FROM tidings_queue", String.class))
                    .isEqualTo(NUMBER);
        });
    }

    @Test
    void a_bean_and_properties_contradict_each_other() {
        runner.withBean(ColumnKeys.class, () -> ColumnKeys.of("mine", new byte[32]))
                .withPropertyValues("tidings.encryption.key-id=2026", "tidings.encryption.keys.2026=" + KEY)
                .run(fails(said -> said.contains("remove one of them")));
    }

    @Test
    void a_key_without_an_id_an_id_without_a_key_and_a_key_of_another_length_end_the_start() {
        runner.withPropertyValues("tidings.encryption.keys.2026=" + KEY)
                .run(fails(said -> said.contains("tidings.encryption.key-id is not")));
        runner.withPropertyValues("tidings.encryption.key-id=2027", "tidings.encryption.keys.2026=" + KEY)
                .run(fails(said -> said.contains("no tidings.encryption.keys.2027")));
        runner.withPropertyValues("tidings.encryption.key-id=2026", "tidings.encryption.keys.2026=AAAA")
                .run(fails(said -> said.contains("2026 has 3 bytes")));
    }

    @Test
    void encrypted_tables_do_not_open_without_a_key() {
        String url = "spring.datasource.url=" + Contexts.freshUrl();
        runner.withPropertyValues(url, "tidings.encryption.key-id=2026", "tidings.encryption.keys.2026=" + KEY)
                .run(encrypts("2026"));
        runner.withPropertyValues(url).run(fails(said -> said.contains("are encrypted; give the keys 2026")));
    }
}
