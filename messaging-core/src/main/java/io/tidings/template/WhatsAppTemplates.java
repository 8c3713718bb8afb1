package io.tidings.template;

import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which templates of ours have a twin that WhatsApp approved, so that they may be sent outside the 24-hour window
 * (Twilio: Content API). Said by the host, who also learns of approvals. Immutable.
 */
public final class WhatsAppTemplates {
    private static final Pattern CONTENT_SID = Pattern.compile("HX[0-9a-fA-F]{32}");
    private static final WhatsAppTemplates NONE = new WhatsAppTemplates(Map.of());

    private final Map<Key, Twin> twins;

    private record Key(String name, Locale locale) {}

    private record Twin(String contentSid, Approval approval, List<String> variables) {}

    private WhatsAppTemplates(Map<Key, Twin> twins) {
        this.twins = Map.copyOf(twins);
    }

    /** What WhatsApp says of a template (Twilio: approval requests). Only {@link #APPROVED} is sent. */
    public enum Approval {
        /** It may be sent. */
        APPROVED,
        /** It is not decided yet. */
        PENDING,
        /** It was turned down. */
        REJECTED,
        /** People complained; it may come back. */
        PAUSED,
        /** It will not come back. */
        DISABLED
    }

    /** No twins: outside the window nothing is sent. */
    public static WhatsAppTemplates none() {
        return NONE;
    }

    /**
     * The same with one twin more, or another for the same name and locale.
     *
     * @param name the template's name
     * @param locale the language of the text; {@link Locale#ROOT} for every language that has none of its own
     * @param contentSid Twilio's id of the twin: HX and 32 hexadecimal digits
     * @param approval what WhatsApp says of it
     * @param variables our variables in the order of the twin's numbers: the first is {@code {{1}}}
     */
    public WhatsAppTemplates with(
            String name, Locale locale, String contentSid, Approval approval, String... variables) {
        if (!CONTENT_SID.matcher(contentSid).matches()) {
            throw new IllegalArgumentException("a content SID is HX and 32 hexadecimal digits");
        }
        TemplateRef.requireName(name);
        Map<Key, Twin> more = new HashMap<>(twins);
        more.put(
                new Key(name, Objects.requireNonNull(locale, "locale")),
                new Twin(contentSid, Objects.requireNonNull(approval, "approval"), List.of(variables)));
        return new WhatsAppTemplates(more);
    }

    /**
     * A template as it can be sent in and outside the window; empty if it has no approved twin. Throws
     * {@link IllegalArgumentException} if a variable of the twin has no value.
     *
     * @param wanted the template, for its variables
     * @param rendered its text
     * @param ref the text it was rendered from
     */
    public Optional<Content.Approved> approved(Content.Templated wanted, MessageBody rendered, TemplateRef ref) {
        Twin twin = find(ref.name(), ref.locale());
        if (twin == null || twin.approval() != Approval.APPROVED) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < twin.variables().size(); i++) {
            String value = wanted.variables().get(twin.variables().get(i));
            if (value == null) {
                throw new IllegalArgumentException("the WhatsApp twin of template " + ref + " needs the variable '"
                        + twin.variables().get(i) + "', which has no value");
            }
            values.put(String.valueOf(i + 1), value);
        }
        return Optional.of(new Content.Approved(twin.contentSid(), values, rendered));
    }

    private @Nullable Twin find(String name, Locale locale) {
        Twin exact = twins.get(new Key(name, locale));
        Twin language = exact == null ? twins.get(new Key(name, Locale.forLanguageTag(locale.getLanguage()))) : exact;
        return language == null ? twins.get(new Key(name, Locale.ROOT)) : language;
    }
}
