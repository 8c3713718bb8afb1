/** Durable stores in the host's own database: PostgreSQL, MariaDB, H2. */
@NullMarked
package io.tidings.jdbc;

import org.jspecify.annotations.NullMarked;
