/** What is kept how long, and what is known about a person: handed out, or erased. */
@NullMarked
package io.tidings.retention;

import org.jspecify.annotations.NullMarked;
