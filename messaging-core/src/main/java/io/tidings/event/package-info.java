/** What has happened, told to listeners of the host: written with the change, delivered until the listener succeeded. */
@NullMarked
package io.tidings.event;

import org.jspecify.annotations.NullMarked;
