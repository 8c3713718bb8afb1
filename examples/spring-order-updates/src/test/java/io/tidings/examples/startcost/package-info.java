/** What the starter adds to an application: measured in processes of their own, with it and without. */
@NullMarked
package io.tidings.examples.startcost;

import org.jspecify.annotations.NullMarked;
