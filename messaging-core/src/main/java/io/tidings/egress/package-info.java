/** Requests to addresses that others chose: checked before each connection, so that they lead nowhere inside. */
@NullMarked
package io.tidings.egress;

import org.jspecify.annotations.NullMarked;
