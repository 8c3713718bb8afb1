package io.tidings.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Puts a {@link io.tidings.test.TestTidings} in the place of the application's system, in any Spring Boot test: a fake
 * provider, stores in memory, time that stands still, no worker thread. Properties and customizers of the application
 * apply.
 *
 * <p>What was sent stays for all tests that share the context; {@link TidingsTest} gives each a fresh one. Memory does not
 * join the database's transactions: a test of a rollback uses the sandbox and the real stores.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureTidings {}
