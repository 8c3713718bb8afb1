package io.tidings.examples.quickstart;

import io.tidings.examples.quickstart.SandboxJob.Plan;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxLog;
import java.util.function.Supplier;

/**
 * The simulated Twilio of a run, in this process or in its own.
 *
 * @param url its address
 * @param account its account
 * @param token the account's token
 * @param truth reads its log
 * @param end ends it
 */
record Carrier(String url, String account, String token, Supplier<SandboxLog> truth, Runnable end)
        implements AutoCloseable {

    /** In this process: it ends with it. */
    static Carrier inside(Plan plan) {
        Sandbox sandbox = CarrierMain.sandbox(plan).start();
        return new Carrier(sandbox.url(), sandbox.accountSid(), sandbox.authToken(), sandbox::log, sandbox::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
