package io.tidings.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what an application sends: {@link io.tidings.Tidings} over a fake, and of the application only what it
 * customizes of Tidings and what the test includes or imports.
 *
 * <p>A test asks for the {@link io.tidings.test.TestTidings}, moves its time and looks at what was sent. Nothing happens
 * before {@code runDue()} or {@code forward(…)}. Each test method has a context of its own, so that none sees what another
 * sent.
 *
 * <pre>{@code
 * @TidingsTest
 * @Import(OrderDesk.class)
 * class OrderDeskTest {
 *     @Autowired TestTidings kit;
 *     @Autowired OrderDesk desk;
 *
 *     @Test
 *     void a_customer_is_told_once() {
 *         desk.markReady(42);
 *         desk.markReady(42);
 *         kit.runDue();
 *         assertThat(kit).sentTo("+12025550143").times(1);
 *     }
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(TidingsTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(TidingsTypeExcludeFilter.class)
@AutoConfigureTidings
@ImportAutoConfiguration
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
public @interface TidingsTest {

    /** Properties of the test in the form {@code name=value}. */
    String[] properties() default {};

    /** Whether customizers of Tidings among the application's components are found; default true. */
    boolean useDefaultFilters() default true;

    /** Further components of the application to find. */
    Filter[] includeFilters() default {};

    /** Components of the application not to find. */
    Filter[] excludeFilters() default {};
}
