/** Named texts with variables, versioned and per locale: parsed, stored, rendered, previewed and linted. */
@NullMarked
package io.tidings.template;

import org.jspecify.annotations.NullMarked;
