/** The test kit for users: contracts that every store must pass, fakes, clocks and assertions. */
@NullMarked
package io.tidings.test;

import org.jspecify.annotations.NullMarked;
