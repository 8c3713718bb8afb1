package io.tidings.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link Sandbox}. Every one has a default. Not safe for threads; use a builder for one sandbox.
 *
 * @see Sandbox#builder()
 */
public final class SandboxBuilder {
    SandboxClock clock = SandboxClock.real();
    Delays delays = Delays.realistic();
    Duration answerDelay = Duration.ZERO;
    Hostility hostility = Hostility.calm();
    long seed = 1;
    int port;
    int concurrencyLimit = 100;
    boolean signDefaultPort;
    boolean shortCodeKeywords;
    boolean refuseOptedOutForServices;

    private @Nullable Boolean resets;

    @Nullable
    Path logFile;

    @Nullable
    String accountSid;

    @Nullable
    String authToken;

    final Set<String> closedRegions = new LinkedHashSet<>();
    private final Map<String, Double> senders = new LinkedHashMap<>();
    private @Nullable HandsetProfile handsets;
    private boolean started;

    SandboxBuilder() {}

    /** Decides everything that is random: ids, delays, handsets. Default 1. */
    public SandboxBuilder seed(long value) {
        this.seed = value;
        return this;
    }

    /** The port on the loopback address; 0, the default, takes a free one. */
    public SandboxBuilder port(int value) {
        require(value >= 0 && value <= 65_535, "A port lies between 0 (any free one) and 65535");
        this.port = value;
        return this;
    }

    /** The clock; default {@link SandboxClock#real()}. */
    public SandboxBuilder clock(SandboxClock value) {
        this.clock = value;
        return this;
    }

    /** How long messages stay in each status; default {@link Delays#realistic()}. */
    public SandboxBuilder delays(Delays value) {
        this.delays = value;
        return this;
    }

    /**
     * How long every answer of the Twilio API takes, in the sandbox's time; default zero. The request is processed at
     * once. On a steppable clock answers then wait for {@code advance}.
     */
    public SandboxBuilder answerDelay(Duration value) {
        require(!value.isNegative(), "An answer delay cannot be negative: use Duration.ZERO for none");
        this.answerDelay = value;
        return this;
    }

    /** How badly it behaves; default {@link Hostility#calm()}. Can be changed later: {@link Sandbox#hostile}. */
    public SandboxBuilder hostile(Hostility value) {
        this.hostility = value;
        return this;
    }

    /**
     * Lets connections end by a TCP reset where a {@link Fault.CutPoint} or {@link Mishap} asks for it; each connection
     * then passes through a relay with two threads. Default: on in a sandbox that starts hostile, off in a calm one, where
     * such a connection is closed without a reset.
     */
    public SandboxBuilder resets(boolean value) {
        this.resets = value;
        return this;
    }

    boolean resets() {
        return resets == null ? !hostility.shares().isEmpty() : resets;
    }

    /** What happens to messages by number; default {@link HandsetProfile#mixed} with the sandbox's seed. */
    public SandboxBuilder handsets(HandsetProfile value) {
        this.handsets = value;
        return this;
    }

    /**
     * Adds a sender of the account at the default pace of its {@link SenderKind}. Without any, the account has
     * +12025550100 (long code), +18335550100 (toll-free), 20255 (short code) and TIDINGS (name).
     */
    public SandboxBuilder sender(String address) {
        return sender(address, SenderKind.of(address).segmentsPerSecond());
    }

    /** Adds a sender with a pace of its own, in segments per second. */
    public SandboxBuilder sender(String address, double segmentsPerSecond) {
        SenderKind.of(address);
        require(
                segmentsPerSecond > 0 && segmentsPerSecond <= 1_000_000,
                "A sender carries more than 0 and at most 1000000 segments per second");
        senders.put(address, segmentsPerSecond);
        return this;
    }

    /** Sets the account; default: an id and a token drawn from the seed. */
    public SandboxBuilder account(String sid, String token) {
        require(sid.matches("AC[0-9a-f]{32}"), "An account SID is AC and 32 lower-case hex digits");
        require(!token.isBlank(), "An auth token cannot be blank: use 32 hex digits as Twilio does");
        this.accountSid = sid;
        this.authToken = token;
        return this;
    }

    /**
     * How many requests of the account may be in flight; one more is answered 429 with code 20429. Default 100 (a third
     * party's figure: Twilio publishes none).
     */
    public SandboxBuilder concurrencyLimit(int value) {
        require(value >= 1, "At least one request must be allowed in flight");
        this.concurrencyLimit = value;
        return this;
    }

    /** Refuses numbers that begin so with 21408 (region not enabled), for example {@code +7}. */
    public SandboxBuilder closedRegion(String prefix) {
        require(prefix.matches("\\+[0-9]{1,14}"), "A region is the beginning of E.164 numbers, such as +7 or +4479");
        closedRegions.add(prefix);
        return this;
    }

    /** Also writes the log to this file, one JSON object a line, appended. */
    public SandboxBuilder logFile(Path value) {
        this.logFile = value;
        return this;
    }

    /** Signs callbacks over the URL with its default port spelled out, as Twilio does at times. Default off. */
    public SandboxBuilder signDefaultPort(boolean value) {
        this.signDefaultPort = value;
        return this;
    }

    /** Handles STOP, START and HELP for short codes too. Default off: they are then the customer's own business. */
    public SandboxBuilder shortCodeKeywords(boolean value) {
        this.shortCodeKeywords = value;
        return this;
    }

    /**
     * Refuses sends to opted-out people through a messaging service at once, with 21610. Default off: they are accepted
     * and fail with that code. Which of the two Twilio does is not confirmed.
     */
    public SandboxBuilder refuseOptedOutForServices(boolean value) {
        this.refuseOptedOutForServices = value;
        return this;
    }

    /**
     * Starts the sandbox.
     *
     * @throws java.io.UncheckedIOException if the port is taken or the log file cannot be written
     * @throws IllegalStateException if this builder or its clock already started one
     */
    public Sandbox start() {
        if (started) {
            throw new IllegalStateException("This builder has started a sandbox: use a new builder for another");
        }
        started = true;
        return new Sandbox(this);
    }

    Map<String, Double> senders() {
        if (senders.isEmpty()) {
            sender("+12025550100").sender("+18335550100").sender("20255").sender("TIDINGS");
        }
        return senders;
    }

    HandsetProfile handsets() {
        return handsets == null ? HandsetProfile.mixed(seed) : handsets;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
