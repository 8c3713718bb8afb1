/** Tidings in a Spring Boot application: configured by properties, joined to its transactions and its life cycle. */
@NullMarked
package io.tidings.spring;

import org.jspecify.annotations.NullMarked;
