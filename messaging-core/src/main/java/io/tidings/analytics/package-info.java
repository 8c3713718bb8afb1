/** What was sent, in numbers: counters that are written with each change and never counted from rows. */
@NullMarked
package io.tidings.analytics;

import org.jspecify.annotations.NullMarked;
