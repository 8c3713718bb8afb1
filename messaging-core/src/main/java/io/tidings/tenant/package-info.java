/** What a tenant may change about its own sending, kept and audited. */
@NullMarked
package io.tidings.tenant;

import org.jspecify.annotations.NullMarked;
