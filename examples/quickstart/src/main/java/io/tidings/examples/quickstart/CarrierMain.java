package io.tidings.examples.quickstart;

import io.tidings.examples.quickstart.SandboxJob.Plan;
import io.tidings.sandbox.Delays;
import io.tidings.sandbox.Sandbox;
import io.tidings.sandbox.SandboxBuilder;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The simulated Twilio of a run that is kept, in a process of its own: it knows who was texted however often the run is
 * killed. Ends when the run has, or by itself after half an hour.
 *
 * <p>Arguments: seed, hostility, factor, log file. Prints address, account and token in one line.
 */
public final class CarrierMain {
    private static final int LIVES_MINUTES = 30;

    private CarrierMain() {}

    /** Runs it. */
    public static void main(String[] arguments) throws InterruptedException {
        Plan plan = new Plan(Long.parseLong(arguments[0]), arguments[1], Double.parseDouble(arguments[2]));
        Sandbox sandbox = sandbox(plan).logFile(Path.of(arguments[3])).start();
        System.out.println(sandbox.url() + " " + sandbox.accountSid() + " " + sandbox.authToken());
        System.out.flush();
        if (!new CountDownLatch(1).await(LIVES_MINUTES, TimeUnit.MINUTES)) {
            sandbox.close();
            System.exit(0);
        }
    }

    static SandboxBuilder sandbox(Plan plan) {
        return Sandbox.builder()
                .seed(plan.seed())
                .sender(SandboxJob.SHORT_CODE, SandboxJob.PACE.perSecond())
                .delays(Delays.realistic().times(plan.factor()))
                .hostile(plan.mishaps());
    }
}
