package io.tidings.consent;

import io.tidings.consent.ConsentAnswer.Rule;
import io.tidings.gate.ConsentState;
import io.tidings.message.Category;
import io.tidings.message.OutboundMessage;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host decides about consent. Immutable and safe for use by many threads.
 *
 * <p>By default everybody may be contacted who has not opted out, a STOP covers everything of its tenant, a request of a
 * double opt-in can be confirmed for 24 hours, and Twilio is taken to answer keywords to numbers (its default handling).
 */
public final class ConsentPolicy {
    /** Within which time a confirmation of STOP is presumed to be welcome: 47 CFR 64.1200(a)(12). */
    static final Duration ANSWER_WITHIN = Duration.ofMinutes(5);

    private static final Duration DAY = Duration.ofHours(24);

    private final Set<Category> optInRequired;
    private final boolean senderOnly;
    private final Duration confirmWithin;
    private final Replies replies;
    private final Map<Place, Keywords> keywords;

    /** Where a set of keywords holds; {@code null} for everywhere. */
    private record Place(
            @Nullable TenantId tenant, @Nullable Sender sender) {
        static final Place ANYWHERE = new Place(null, null);
    }

    /** To which keywords the provider answers by itself, so that Tidings must not. */
    public enum Replies {
        /** To none but those to US and Canadian toll-free numbers, which the network always answers. */
        TOLL_FREE,
        /** To those to numbers: Twilio's default handling. */
        NUMBERS,
        /** To those to short codes as well. */
        NUMBERS_AND_SHORT_CODES
    }

    private ConsentPolicy(
            Set<Category> optInRequired,
            boolean senderOnly,
            Duration confirmWithin,
            Replies replies,
            Map<Place, Keywords> keywords) {
        this.optInRequired = Set.copyOf(optInRequired);
        this.senderOnly = senderOnly;
        this.confirmWithin = confirmWithin;
        this.replies = replies;
        this.keywords = Map.copyOf(keywords);
    }

    /** The defaults above. */
    public static ConsentPolicy defaults() {
        return new ConsentPolicy(Set.of(), false, DAY, Replies.NUMBERS, Map.of(Place.ANYWHERE, Keywords.standard()));
    }

    /**
     * Messages of these categories go only to people with an opt-in in the ledger. US law wants that for advertising
     * (prior express written consent, 47 CFR 64.1200(a)(2)), wherever the proof is kept; it is off by default because a
     * ledger starts empty.
     */
    public ConsentPolicy requireOptIn(Category... categories) {
        Set<Category> all = EnumSet.noneOf(Category.class);
        all.addAll(optInRequired);
        all.addAll(Set.of(categories));
        return new ConsentPolicy(all, senderOnly, confirmWithin, replies, keywords);
    }

    /** A STOP or START covers only the number or messaging service that it was texted to, as Twilio's own list does. */
    public ConsentPolicy keywordsCoverTheirSenderOnly() {
        return new ConsentPolicy(optInRequired, true, confirmWithin, replies, keywords);
    }

    /** How long the request of a double opt-in can be confirmed; more than zero, default 24 h. */
    public ConsentPolicy confirmWithin(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("the time to confirm an opt-in must be positive, got " + time);
        }
        return new ConsentPolicy(optInRequired, senderOnly, time, replies, keywords);
    }

    /** Which keywords the provider answers by itself. */
    public ConsentPolicy providerReplies(Replies to) {
        return new ConsentPolicy(optInRequired, senderOnly, confirmWithin, to, keywords);
    }

    /** The keywords and answers for all who have none of their own. */
    public ConsentPolicy keywords(Keywords set) {
        return keywords(Place.ANYWHERE, set);
    }

    /** The keywords and answers of a tenant. */
    public ConsentPolicy keywords(TenantId tenant, Keywords set) {
        return keywords(new Place(tenant, null), set);
    }

    /** The keywords and answers of one sender of a tenant, or of its messaging service for those that have none. */
    public ConsentPolicy keywords(TenantId tenant, Sender sender, Keywords set) {
        return keywords(new Place(tenant, sender), set);
    }

    private ConsentPolicy keywords(Place place, Keywords set) {
        Map<Place, Keywords> all = new HashMap<>(keywords);
        all.put(place, set);
        return new ConsentPolicy(optInRequired, senderOnly, confirmWithin, replies, all);
    }

    Keywords keywordsOf(TenantId tenant, Sender number, Sender service) {
        return Stream.of(new Place(tenant, number), new Place(tenant, service), new Place(tenant, null), Place.ANYWHERE)
                .filter(keywords::containsKey)
                .map(keywords::get)
                .findFirst()
                .orElseThrow();
    }

    Duration confirmWithin() {
        return confirmWithin;
    }

    Replies providerReplies() {
        return replies;
    }

    ConsentScope keywordScope(TenantId tenant, Sender heardBy) {
        ConsentScope all = ConsentScope.of(tenant);
        return senderOnly ? all.from(heardBy) : all;
    }

    Rule judge(ConsentState state, OutboundMessage message, Instant now) {
        Rule permitted = answering(state.answered(), message, now);
        return permitted == Rule.ANSWERS_THE_PERSON ? permitted : judge(state, message.category(), permitted);
    }

    Rule judge(ConsentState state, Category category, @Nullable Rule permitted) {
        if (state.optOut() != null) {
            boolean provider = state.optOut().source().equals(Evidence.Source.PROVIDER_ERROR.name());
            return provider ? Rule.BLOCKED_BY_PROVIDER : Rule.OPTED_OUT;
        }
        if (permitted != null) {
            return permitted;
        }
        if (state.optIn() != null) {
            return Rule.OPTED_IN;
        }
        return optInRequired.contains(category) ? Rule.NO_OPT_IN : Rule.NO_OPT_OUT;
    }

    /** Only a message with the one key that belongs to the entry answers it: the key lets it be sent once. */
    private @Nullable Rule answering(ConsentState.@Nullable Said entry, OutboundMessage message, Instant now) {
        String reference = message.options().answers();
        if (entry == null || reference == null || !answerKey(reference).equals(message.key())) {
            return null;
        }
        if (entry.what().equals(ConsentEntry.Kind.OPT_IN_REQUESTED.name())) {
            return now.isBefore(entry.at().plus(confirmWithin)) ? Rule.ASKS_FOR_OPT_IN : null;
        }
        boolean owed = entry.what().equals(ConsentEntry.Kind.OPT_OUT.name())
                || entry.what().equals(ConsentEntry.Kind.HELP.name());
        return owed && now.isBefore(entry.at().plus(ANSWER_WITHIN)) ? Rule.ANSWERS_THE_PERSON : null;
    }

    static String answerKey(String reference) {
        return "consent/" + reference;
    }

    /** The settings in a stable order, without the words of the keywords. */
    @Override
    public String toString() {
        return "ConsentPolicy[optInRequired=" + new TreeSet<>(optInRequired) + ", senderOnly=" + senderOnly
                + ", confirmWithin=" + confirmWithin + ", replies=" + replies + ", keywordSets=" + keywords.size()
                + "]";
    }
}
