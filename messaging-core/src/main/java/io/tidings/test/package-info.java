/** What users and store authors need to test: steppable time and the contracts that every store passes. */
@NullMarked
package io.tidings.test;

import org.jspecify.annotations.NullMarked;
