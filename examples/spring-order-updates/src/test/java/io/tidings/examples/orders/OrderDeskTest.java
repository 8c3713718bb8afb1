package io.tidings.examples.orders;

import static io.tidings.test.TidingsAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.spring.test.TidingsTest;
import io.tidings.test.TestTidings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The desk alone, over a fake and its own tables. */
// tag::slice
@TidingsTest(properties = "spring.datasource.url=jdbc:h2:mem:desk")
@Import(OrderDesk.class)
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceInitializationAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class
})
class OrderDeskTest {

    @Autowired
    TestTidings kit;

    @Autowired
    OrderDesk desk;

    @Test
    void a_customer_is_told_once_that_the_order_is_ready() {
        desk.markReady(1);
        desk.markReady(1);
        kit.runDue();

        assertThat(desk.find(1).orElseThrow().ready()).isTrue();
        assertThat(kit).sentTo("+12025550143").times(1);
        assertThat(kit.sent()).hasSize(1);
    }
}
// end::slice
