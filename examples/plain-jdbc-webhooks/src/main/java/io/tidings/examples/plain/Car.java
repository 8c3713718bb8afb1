package io.tidings.examples.plain;

/**
 * A car in the garage.
 *
 * @param id its number
 * @param owner whom to greet
 * @param phone where to text
 * @param ready whether it can be picked up
 * @param told whether its owner's phone has the news
 */
record Car(long id, String owner, String phone, boolean ready, boolean told) {

    /** Without the number. */
    @Override
    public String toString() {
        return "car " + id + " of " + owner + ": " + (ready ? "ready" : "in work") + (told ? ", owner told" : "");
    }
}
