/** The HTTP API of an application: who may call, what can be called, and how mistakes are told. */
@NullMarked
package io.tidings.spring.rest;

import org.jspecify.annotations.NullMarked;
