package io.tidings.benchmarks.rest;

import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Something that people ask for.
 *
 * @param name what it is called in the table
 * @param tenant whose it is
 * @param path the address below the API's, with other values for each turn of chance
 * @param list the field of the answer that is a list, empty if it is none
 * @param found whether that list has entries, always or never, if the address is right
 */
record Read(String name, String tenant, Function<RandomGenerator, String> path, String list, boolean found) {
    /** One whose list is never empty. */
    static Read of(String name, String tenant, String list, Function<RandomGenerator, String> path) {
        return new Read(name, tenant, path, list, true);
    }

    /** One whose list is always empty. */
    static Read nothing(String name, String tenant, String list, Function<RandomGenerator, String> path) {
        return new Read(name, tenant, path, list, false);
    }
}
