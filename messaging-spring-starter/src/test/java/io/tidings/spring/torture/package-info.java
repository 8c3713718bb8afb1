/**
 * The rows of the guarantees over HTTP, as a host has them: an application with a Tomcat in a process of its own, beside a
 * database that stops, and callers in other processes.
 */
@NullMarked
package io.tidings.spring.torture;

import org.jspecify.annotations.NullMarked;
