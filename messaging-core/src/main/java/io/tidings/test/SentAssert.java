package io.tidings.test;

import io.tidings.message.Category;
import io.tidings.message.MessageStatus;
import io.tidings.message.PhoneNumber;
import io.tidings.outbox.MessageView;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/**
 * Says which messages the other side must have: each step narrows them down, {@link #once}, {@link #times} and
 * {@link #never} count what is left. Without a count nothing is asserted. Failures name steps and messages, never a
 * number or a text.
 */
public final class SentAssert extends AbstractAssert<SentAssert, List<Sent>> {
    private final String asked;

    private SentAssert(List<Sent> sent, String asked) {
        super(sent, SentAssert.class);
        this.asked = asked;
    }

    static SentAssert of(List<Sent> sent) {
        return new SentAssert(sent, "messages");
    }

    /** Those to this number, in international form. */
    public SentAssert to(String number) {
        PhoneNumber wanted = PhoneNumber.parse(number, "ZZ");
        return only("to " + wanted, sent -> sent.to().equals(wanted));
    }

    /** Those with exactly this text. */
    public SentAssert text(String text) {
        return only("with that text", sent -> sent.text().equals(text));
    }

    /** Those whose text contains this. */
    public SentAssert textContaining(String part) {
        return only("with a text that contains it", sent -> sent.text().contains(part));
    }

    /** Those rendered from this template, whatever version. */
    public SentAssert template(String name) {
        return ours("from template " + name, message -> {
            var template = message.stored().template();
            return template != null && template.name().equals(name);
        });
    }

    /** Those of this category. */
    public SentAssert category(Category category) {
        return ours(
                "of category " + category, message -> message.stored().message().category() == category);
    }

    /** Those with this tag. */
    public SentAssert tag(String name, String value) {
        return ours(
                "tagged " + name,
                message -> message.stored().message().tags().entrySet().contains(Map.entry(name, value)));
    }

    /** Those whose message has this status now. */
    public SentAssert status(MessageStatus status) {
        return ours("with status " + status, message -> message.status() == status);
    }

    private SentAssert ours(String what, Predicate<MessageView> wanted) {
        return only(what, sent -> sent.message() != null && wanted.test(sent.message()));
    }

    private SentAssert only(String what, Predicate<Sent> wanted) {
        return new SentAssert(actual.stream().filter(wanted).toList(), asked + " " + what);
    }

    /** There is exactly one. */
    public SentAssert once() {
        return times(1);
    }

    /** There is none. */
    public SentAssert never() {
        return times(0);
    }

    /** There are so many. */
    public SentAssert times(int count) {
        if (actual.size() != count) {
            failWithMessage("expected %d %s, but the other side has %d: %s", count, asked, actual.size(), actual);
        }
        return this;
    }
}
