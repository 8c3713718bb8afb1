package io.tidings.history;

import io.tidings.message.Category;
import io.tidings.message.Channel;
import io.tidings.message.Failure;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of one tenant are meant; everything that is given must hold. There is no filter without a tenant.
 *
 * @param tenant whose messages
 * @param to the recipient, or {@code null} for any
 * @param statuses one of these, or empty for any
 * @param tag a tag that it has, or {@code null}
 * @param template the name of the template that it was rendered from, any version, or {@code null}
 * @param code the provider's error code that it stands with, or {@code null}
 * @param category its category, or {@code null}
 * @param channel its channel, or {@code null}
 * @param accepted when it was taken in, or {@code null} for any time
 */
public record MessageFilter(
        TenantId tenant,
        @Nullable PhoneNumber to,
        Set<MessageStatus> statuses,
        @Nullable Tag tag,
        @Nullable String template,
        @Nullable Integer code,
        @Nullable Category category,
        @Nullable Channel channel,
        @Nullable Span accepted) {

    /** Copies the statuses. */
    public MessageFilter {
        Objects.requireNonNull(tenant, "tenant");
        statuses = Set.copyOf(statuses);
    }

    /** All messages of a tenant. */
    public static MessageFilter of(TenantId tenant) {
        return new MessageFilter(tenant, null, Set.of(), null, null, null, null, null, null);
    }

    /** The same, to this number alone. */
    public MessageFilter to(PhoneNumber number) {
        return new MessageFilter(tenant, number, statuses, tag, template, code, category, channel, accepted);
    }

    /** The same, in one of these statuses alone. */
    public MessageFilter in(MessageStatus... some) {
        return new MessageFilter(tenant, to, Set.of(some), tag, template, code, category, channel, accepted);
    }

    /** The same, with this tag alone. */
    public MessageFilter tagged(String name, String value) {
        Tag one = new Tag(name, value);
        return new MessageFilter(tenant, to, statuses, one, template, code, category, channel, accepted);
    }

    /** The same, from any version of this template alone. */
    public MessageFilter from(String templateName) {
        return new MessageFilter(tenant, to, statuses, tag, templateName, code, category, channel, accepted);
    }

    /** The same, with this error code of the provider alone. */
    public MessageFilter failedWith(int errorCode) {
        return new MessageFilter(tenant, to, statuses, tag, template, errorCode, category, channel, accepted);
    }

    /** The same, of this category alone. */
    public MessageFilter of(Category one) {
        return new MessageFilter(tenant, to, statuses, tag, template, code, one, channel, accepted);
    }

    /** The same, on this channel alone. */
    public MessageFilter on(Channel one) {
        return new MessageFilter(tenant, to, statuses, tag, template, code, category, one, accepted);
    }

    /** The same, taken in at or after one instant and before another alone. */
    public MessageFilter accepted(Instant from, Instant until) {
        Span span = new Span(from, until);
        return new MessageFilter(tenant, to, statuses, tag, template, code, category, channel, span);
    }

    /** Whether a message that stands so is meant. */
    public boolean holds(StoredMessage stored, MessageStatus status, @Nullable Failure failure) {
        OutboundMessage message = stored.message();
        return message.tenant().equals(tenant)
                && (to == null || message.to().equals(to))
                && (statuses.isEmpty() || statuses.contains(status))
                && (tag == null || tag.isIn(message.tags()))
                && (template == null
                        || (stored.template() != null
                                && stored.template().name().equals(template)))
                && (code == null || (failure != null && failure.code() == code))
                && (category == null || message.category() == category)
                && (channel == null || message.channel() == channel)
                && (accepted == null || accepted.holds(stored.acceptedAt()));
    }

    /** What is asked, in words for the audit trail: no number, and no value of a tag. */
    @Override
    public String toString() {
        return "MessageFilter[tenant=" + tenant + ", to=" + (to == null ? "any" : "given") + ", statuses="
                + new TreeSet<>(statuses) + ", tag=" + (tag == null ? "any" : tag.name()) + ", template=" + template
                + ", code=" + code + ", category=" + category + ", channel=" + channel + ", accepted=" + accepted + "]";
    }

    /** A tag with its value. Prints its name alone. */
    public record Tag(String name, String value) {
        boolean isIn(Map<String, String> tags) {
            return value.equals(tags.get(name));
        }

        @Override
        public String toString() {
            return "Tag[name=" + name + "]";
        }
    }

    /**
     * A span of time.
     *
     * @param from the first instant
     * @param until the first instant behind it
     */
    public record Span(Instant from, Instant until) {
        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }
}
