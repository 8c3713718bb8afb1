/** Accounts at the provider: credentials and where they come from, and the secret from which our own keys are derived. */
@NullMarked
package io.tidings.account;

import org.jspecify.annotations.NullMarked;
