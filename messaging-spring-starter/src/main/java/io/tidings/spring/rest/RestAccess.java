package io.tidings.spring.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Says what somebody may do who is logged in to the application. A bean of this type replaces the usual one, which goes by
 * the roles {@code TIDINGS_SEND}, {@code TIDINGS_READ}, {@code TIDINGS_OPERATE} and {@code TIDINGS_ADMIN} and gives the
 * tenant {@code default}: a host with tenants maps its logins to them here.
 */
@FunctionalInterface
public interface RestAccess {

    /** What this request may do; empty if nobody is logged in, or may do nothing here. */
    Optional<Access> of(HttpServletRequest request);
}
