/** Named texts with variables, versioned and per locale: parsed, stored, rendered and linted. */
@NullMarked
package io.tidings.template;

import org.jspecify.annotations.NullMarked;
