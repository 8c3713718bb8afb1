/** What people send us: heard for consent, handed to handlers by keyword, answered, and fetched after downtime. */
@NullMarked
package io.tidings.inbound;

import org.jspecify.annotations.NullMarked;
