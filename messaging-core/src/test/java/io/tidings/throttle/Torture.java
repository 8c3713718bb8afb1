package io.tidings.throttle;

/** Sizes of long tests: short by default, full with {@code -Dtidings.torture=full}. */
final class Torture {
    private Torture() {}

    static int size(int shortly, int fully) {
        return System.getProperty("tidings.torture", "short").equals("full") ? fully : shortly;
    }
}
