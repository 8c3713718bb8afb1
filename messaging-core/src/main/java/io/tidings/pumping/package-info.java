/** Keeps strangers from earning money with our one-time codes: how many go to a range of numbers, and how many are used. */
@NullMarked
package io.tidings.pumping;

import org.jspecify.annotations.NullMarked;
