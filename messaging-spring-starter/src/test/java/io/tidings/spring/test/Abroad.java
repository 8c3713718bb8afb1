package io.tidings.spring.test;

import io.tidings.TidingsBuilder;
import io.tidings.spring.TidingsCustomizer;
import org.springframework.stereotype.Component;

/** Opens a second country. */
@Component
class Abroad implements TidingsCustomizer {

    @Override
    public void customize(TidingsBuilder builder) {
        builder.destinations("US", "DE");
    }
}
