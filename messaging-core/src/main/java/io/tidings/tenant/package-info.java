/** What a tenant may change about its own sending, kept and audited. */
@org.jspecify.annotations.NullMarked
package io.tidings.tenant;
