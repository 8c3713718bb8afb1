package io.tidings.outbox;

/** For one node, which wakes itself, and for several that poll. */
enum NoHints implements Hints {
    INSTANCE;

    @Override
    public void tell() {
        // There is nobody else.
    }

    @Override
    public void listen(Runnable wake) {
        // Nobody tells.
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
