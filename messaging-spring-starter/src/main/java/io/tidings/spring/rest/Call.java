package io.tidings.spring.rest;

import io.tidings.message.InvalidNumberException;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be answered.
 *
 * @param caller who asks
 * @param tenant whose data it is about
 * @param path what the variables of the path hold
 * @param query the parameters of the query, each once
 * @param body the fields of the body
 * @param file the body of an endpoint that takes a file, else {@code null}
 * @param key the {@code Idempotency-Key}, or an empty text
 */
record Call(
        Caller caller,
        TenantId tenant,
        List<String> path,
        Map<String, String> query,
        Fields body,
        @Nullable Upload file,
        String key) {

    /** What the caller may do. */
    Access access() {
        return caller.access();
    }

    MessageId message() {
        try {
            return MessageId.parse(path.get(0));
        } catch (IllegalArgumentException e) {
            throw Problem.notFound();
        }
    }

    PhoneNumber number() {
        return number(path.get(0));
    }

    /** Numbers are international here: an API has no home. */
    static PhoneNumber number(String text) {
        try {
            return PhoneNumber.parse(text, "ZZ");
        } catch (InvalidNumberException e) {
            throw new Problem(422, "invalid-number", "A number is written like +12025550143: " + e.getMessage());
        }
    }

    Optional<String> asked(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    boolean flag(String name) {
        String text = asked(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw Problem.invalid(name + " is true or false.");
        }
        return text.equals("true");
    }

    Upload upload() {
        return Objects.requireNonNull(file, "only endpoints that take a file ask for one");
    }

    /** What was given in the address and in flat fields of the body, each once. */
    Map<String, String> given() {
        Map<String, String> all = new LinkedHashMap<>(query);
        body.scalars().forEach((name, value) -> {
            if (all.put(name, value) != null) {
                throw Problem.invalid(name + " is given in the address and in the body.");
            }
        });
        return all;
    }

    int limit() {
        return asked("limit")
                .map(text -> {
                    if (!text.matches("[1-9][0-9]{0,2}")) {
                        throw Problem.invalid("limit is 1 to 999.");
                    }
                    return Integer.parseInt(text);
                })
                .orElse(50);
    }

    /** What concerns all tenants is not for a caller who has one. */
    void requireAllTenants() {
        if (access().tenant() != null) {
            throw Problem.notFound();
        }
    }
}
