package io.tidings.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Reads the properties of a {@link TidingsTest}. */
final class TidingsTestContextBootstrapper extends TestSliceTestContextBootstrapper<TidingsTest> {}
