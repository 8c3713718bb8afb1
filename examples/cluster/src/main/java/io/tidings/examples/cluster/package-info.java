/** Three nodes, one PostgreSQL, one limit; nodes die on the way. */
@NullMarked
package io.tidings.examples.cluster;

import org.jspecify.annotations.NullMarked;
