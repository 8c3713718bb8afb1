/** Credentials from HashiCorp Vault, over its HTTP API and without a library of its own. */
@NullMarked
package io.tidings.vault;

import org.jspecify.annotations.NullMarked;
