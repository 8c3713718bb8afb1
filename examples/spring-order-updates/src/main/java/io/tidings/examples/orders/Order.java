package io.tidings.examples.orders;

/**
 * What a customer ordered.
 *
 * @param id its number
 * @param name whom to greet
 * @param phone where to text
 * @param ready whether it can be picked up
 * @param coming whether the customer is on the way
 */
record Order(long id, String name, String phone, boolean ready, boolean coming) {}
