package io.tidings.benchmarks.outbox;

import io.tidings.benchmarks.Server;
import io.tidings.benchmarks.Results;

/** Placeholder. */
record Growth(int waiting) implements OutboxMain.Aside {
    @Override
    public void measure(Server.Postgres server, Results results) {}
}
