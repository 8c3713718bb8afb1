package io.tidings.test;

/**
 * How often a fake does something; read as {@code failNext(30003, times(3))}.
 *
 * @param count at least 1
 */
public record Times(int count) {
    /** Refuses less than once. */
    public Times {
        if (count < 1) {
            throw new IllegalArgumentException("something that is to happen happens at least once, got " + count);
        }
    }

    /** So many times. */
    public static Times times(int count) {
        return new Times(count);
    }

    /** One time. */
    public static Times once() {
        return new Times(1);
    }
}
