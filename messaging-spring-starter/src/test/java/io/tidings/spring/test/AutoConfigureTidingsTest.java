package io.tidings.spring.test;

import static io.tidings.test.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.jdbc.JdbcStores;
import io.tidings.test.TestTidings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@AutoConfigureTidings
class AutoConfigureTidingsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"
            })
    @Import(OrderDesk.class)
    static class Host {}

    @Test
    void a_whole_application_texts_through_the_fake_and_no_worker_runs(
            @Autowired TestTidings kit, @Autowired OrderDesk desk, @Autowired ApplicationContext context) {
        desk.markReady(7, "+12025550144");
        kit.runDue();

        assertThat(kit).sentTo("+12025550144").times(1);
        assertThat(context.getBeansOfType(Tidings.class)).hasSize(1);
        assertThat(context.getBeansOfType(JdbcStores.class)).isEmpty();
        assertThat(kit.tidings().isWorking()).isFalse();
    }
}
