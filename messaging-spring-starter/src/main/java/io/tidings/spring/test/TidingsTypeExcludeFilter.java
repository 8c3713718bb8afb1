package io.tidings.spring.test;

import io.tidings.spring.TidingsCustomizer;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Leaves out the application's components that have nothing to do with Tidings. */
final class TidingsTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<TidingsTest> {

    TidingsTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }

    @Override
    protected Set<Class<?>> getKnownIncludes() {
        return Set.of(TidingsCustomizer.class);
    }
}
