package io.tidings.spring.observe;

import io.tidings.message.Money;
import java.time.Duration;
import java.time.Instant;

/**
 * Something got worse than its bound in {@code tidings.alerts}, or is within it again: once per change over all nodes that
 * share a database, on one of them. Published as an event of the application on a thread of Tidings, after the reading that
 * showed it. What a listener throws is logged, and it is not told again; if the node ends before its listeners have returned,
 * another tells it. It says nothing of a person.
 */
public sealed interface TidingsAlert {

    /** Whether it got worse; otherwise it has recovered. */
    boolean isRaised();

    /** When it was seen. */
    Instant at();

    /**
     * How many of the messages arrived whose end became known within the window.
     *
     * @param isRaised whether it got worse
     * @param at when it was seen
     * @param rate from 0 to 1
     * @param bound below which it is too low
     * @param known of how many messages
     */
    record DeliveryRate(boolean isRaised, Instant at, double rate, double bound, long known) implements TidingsAlert {}

    /**
     * How long the message has been due that waits longest.
     *
     * @param isRaised whether it got worse
     * @param at when it was seen
     * @param lag how long
     * @param bound above which it is too long
     */
    record QueueLag(boolean isRaised, Instant at, Duration lag, Duration bound) implements TidingsAlert {}

    /**
     * How many messages more than a window ago wait for an operator.
     *
     * @param isRaised whether it got worse
     * @param at when it was seen
     * @param waiting how many wait
     * @param more how many more
     */
    record DeadLetters(boolean isRaised, Instant at, long waiting, long more) implements TidingsAlert {}

    /**
     * The money left on the account.
     *
     * @param isRaised whether it got worse
     * @param at when it was seen
     * @param left what is left
     * @param bound below which it is too little
     */
    record Balance(boolean isRaised, Instant at, Money left, Money bound) implements TidingsAlert {}
}
