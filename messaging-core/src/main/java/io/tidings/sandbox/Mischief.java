package io.tidings.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Draws the mishaps of a hostile sandbox. Safe for use by many threads. */
final class Mischief {
    private static final int REQUEST = 1;
    private static final int CALLBACK = 2;
    private static final int LAG = 3;
    private static final int STORM_HIT = 4;
    private static final int STORM_TIME = 5;
    private static final int RESTART_TIME = 6;
    private static final Fault.Page NO_SID = new Fault.Page("application/json", "{\"status\": \"queued\"}");
    private static final Fault.Page HTML =
            new Fault.Page("text/html", "<html><body><h1>The service is not available</h1></body></html>");

    private final SandboxClock clock;
    private final long seed;
    private final Identity requests = new Identity();
    private final Identity storms = new Identity();
    private volatile Hostility hostility;

    Mischief(SandboxClock clock, long seed, Hostility hostility) {
        this.clock = clock;
        this.seed = seed;
        this.hostility = hostility;
    }

    Hostility hostility() {
        return hostility;
    }

    void hostility(Hostility value) {
        this.hostility = value;
    }

    /** Returns what strikes a request, or nothing. One that a storm refuses has not used up its luck. */
    @Nullable
    Strike strike(Call call) {
        Hostility now = hostility;
        if (now.shares().isEmpty() && now.storms().length().isZero()) {
            return null;
        }
        Mishap.Target target = target(call);
        long identity = identity(call, target);
        if (inStorm(now.storms())) {
            SplittableRandom chance = Identity.chance(seed, storms.next(identity), STORM_HIT);
            if (chance.nextDouble() < now.storms().rate()) {
                return new Strike(new Fault.Throttle(), Mishap.STORM);
            }
        }
        if (target == null) {
            return null;
        }
        SplittableRandom chance = Identity.chance(seed, requests.next(identity), REQUEST);
        Mishap mishap = draw(now, target, chance);
        return mishap == null ? null : new Strike(fault(mishap, now, chance), mishap);
    }

    /** A mishap brought on by hand. */
    Strike strike(Call call, Mishap mishap) {
        SplittableRandom chance = Identity.chance(seed, requests.next(identity(call, target(call))), REQUEST);
        return new Strike(fault(mishap, hostility, chance), mishap);
    }

    @Nullable
    Mishap ofWebhook(Webhook webhook) {
        Hostility now = hostility;
        return now.shares().isEmpty() ? null : draw(now, webhook.target(), chance(webhook));
    }

    /** How late a webhook comes, or its double. */
    Duration lateness(Webhook webhook) {
        SplittableRandom chance = chance(webhook);
        chance.nextDouble();
        return Delays.scaled(hostility.slowest(), 0.5 + chance.nextDouble() / 2);
    }

    boolean lists(Message message) {
        Duration lag = hostility.listLag();
        if (lag.isZero()) {
            return true;
        }
        Duration own =
                Delays.scaled(lag, Identity.chance(seed, message.identity, LAG).nextDouble());
        return !clock.instant().isBefore(message.created.plus(own));
    }

    /** Returns when the restart of a period begins, in nanoseconds of the clock. */
    long restartAt(long period) {
        Hostility.Restarts restarts = hostility.restarts();
        return start(restarts.every(), restarts.down(), period, RESTART_TIME);
    }

    private boolean inStorm(Hostility.Storms storms) {
        if (storms.length().isZero()) {
            return false;
        }
        long now = clock.nanos();
        long begin = start(storms.every(), storms.length(), now / storms.every().toNanos(), STORM_TIME);
        return now >= begin && now < begin + storms.length().toNanos();
    }

    private long start(Duration every, Duration length, long period, int purpose) {
        double place = Identity.chance(seed, period, purpose).nextDouble();
        return period * every.toNanos() + Math.round(place * every.minus(length).toNanos());
    }

    private static @Nullable Mishap draw(Hostility hostility, Mishap.Target target, SplittableRandom chance) {
        double left = chance.nextDouble();
        for (Map.Entry<Mishap, Double> each : hostility.shares().entrySet()) {
            if (each.getKey().target() == target) {
                left -= each.getValue();
                if (left < 0) {
                    return each.getKey();
                }
            }
        }
        return null;
    }

    private SplittableRandom chance(Webhook webhook) {
        return Identity.chance(seed, webhook.identity() ^ Identity.of(webhook.status()), CALLBACK);
    }

    static Mishap.@Nullable Target target(Call call) {
        return call.isCreate() ? Mishap.Target.CREATE : call.method().equals("GET") ? Mishap.Target.READ : null;
    }

    private static long identity(Call call, Mishap.@Nullable Target target) {
        return target == Mishap.Target.CREATE
                ? Identity.ofCreate(call.form())
                : Identity.of(call.method(), call.path(), Forms.encode(call.query()));
    }

    private static Fault fault(Mishap mishap, Hostility now, SplittableRandom chance) {
        return switch (mishap) {
            case LOST_BEFORE_ACCEPT -> new Fault.Cut(Fault.CutPoint.BEFORE_PROCESSING);
            case LOST_AFTER_ACCEPT -> new Fault.Cut(Fault.CutPoint.AFTER_PROCESSING);
            case HALF_ANSWER -> new Fault.Cut(Fault.CutPoint.MID_ANSWER);
            case RESET_BEFORE_ACCEPT -> new Fault.Cut(Fault.CutPoint.RESET_BEFORE_PROCESSING);
            case RESET_AFTER_ACCEPT -> new Fault.Cut(Fault.CutPoint.RESET_AFTER_PROCESSING);
            case ERROR_BEFORE_ACCEPT -> new Fault.Answer(of(chance, 500, 502, 503, 504), 20500);
            case ERROR_AFTER_ACCEPT -> new Fault.AcceptThenAnswer(of(chance, 500, 502, 503, 504), 20500);
            case PAGE_BEFORE_ACCEPT -> new Fault.Answer(of(chance, 200, 502, 503), 0, HTML);
            case PAGE_AFTER_ACCEPT -> new Fault.AcceptThenAnswer(of(chance, 200, 502, 503), 0, HTML);
            case NO_SID_BEFORE_ACCEPT -> new Fault.Answer(201, 0, NO_SID);
            case NO_SID_AFTER_ACCEPT -> new Fault.AcceptThenAnswer(201, 0, NO_SID);
            case SLOW_ANSWER -> new Fault.Slow(Delays.scaled(now.slowest(), chance.nextDouble()));
            case DRIBBLED_ANSWER -> new Fault.Dribble(Delays.scaled(now.slowest(), chance.nextDouble()));
            case CALLBACK_EARLY -> new Fault.Early(now.slowest());
            case READ_ERROR -> new Fault.Answer(503, 20503);
            default -> new Fault.Throttle();
        };
    }

    private static int of(SplittableRandom chance, int... choices) {
        return choices[chance.nextInt(choices.length)];
    }
}
