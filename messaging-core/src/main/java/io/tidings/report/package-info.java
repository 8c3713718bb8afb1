/** What people look up: pages of messages, and tables for a spreadsheet or a program. */
@NullMarked
package io.tidings.report;

import org.jspecify.annotations.NullMarked;
