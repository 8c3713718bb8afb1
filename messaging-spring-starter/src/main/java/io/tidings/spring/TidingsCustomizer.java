package io.tidings.spring;

import io.tidings.TidingsBuilder;

/**
 * Changes the system before it is built, after the properties were applied. A bean of this type is called once, in the
 * order of {@link org.springframework.core.annotation.Order}.
 */
@FunctionalInterface
public interface TidingsCustomizer {

    /** Changes the builder. */
    void customize(TidingsBuilder builder);
}
