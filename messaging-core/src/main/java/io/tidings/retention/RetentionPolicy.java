package io.tidings.retention;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long each kind is kept. Immutable. Default: 90 days each, nothing is archived.
 */
public final class RetentionPolicy {
    private static final Duration USUAL = Duration.ofDays(90);

    private final Map<Kind, Duration> ages;
    private final ArchiveSink archive;

    private RetentionPolicy(Map<Kind, Duration> ages, ArchiveSink archive) {
        this.ages = ages;
        this.archive = archive;
    }

    /** What is kept. */
    public enum Kind {
        /** Messages that left the queue, with everything that belongs to them, since their last change. */
        MESSAGES,
        /** The raw parameters of status callbacks, since they came; what was merged from them stays with the message. */
        CALLBACKS,
        /** Messages from people whose handler has succeeded, since they came. */
        INBOUND
    }

    /** The defaults named above. */
    public static RetentionPolicy defaults() {
        Map<Kind, Duration> ages = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            ages.put(kind, USUAL);
        }
        return new RetentionPolicy(ages, ArchiveSink.none());
    }

    /** The same, keeping a kind so long: at least an hour. */
    public RetentionPolicy keeping(Kind kind, Duration age) {
        if (age.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException(
                    "what is kept is kept an hour at least, so that late callbacks find it; got " + age);
        }
        Map<Kind, Duration> copy = new EnumMap<>(ages);
        copy.put(kind, age);
        return new RetentionPolicy(copy, archive);
    }

    /** The same, keeping a kind for ever. */
    public RetentionPolicy keepingAlways(Kind kind) {
        Map<Kind, Duration> copy = new EnumMap<>(ages);
        copy.remove(kind);
        return new RetentionPolicy(copy, archive);
    }

    /** The same, handing what is about to be deleted because of its age to this one. */
    public RetentionPolicy withArchive(ArchiveSink sink) {
        return new RetentionPolicy(ages, sink);
    }

    Optional<Duration> age(Kind kind) {
        return Optional.ofNullable(ages.get(kind));
    }

    ArchiveSink archive() {
        return archive;
    }

    /** The ages, in a stable order. */
    @Override
    public String toString() {
        return "RetentionPolicy" + ages;
    }
}
