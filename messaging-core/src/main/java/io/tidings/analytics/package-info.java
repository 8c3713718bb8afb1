/** What was sent, in numbers: counters that are written with each change and never counted from rows. */
@org.jspecify.annotations.NullMarked
package io.tidings.analytics;
