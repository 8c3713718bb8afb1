/** What a message will cost: dated prices that the host supplies. Lies below receipts, budgets and previews, which ask. */
@NullMarked
package io.tidings.price;

import org.jspecify.annotations.NullMarked;
