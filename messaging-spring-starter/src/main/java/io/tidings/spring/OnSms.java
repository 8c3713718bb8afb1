package io.tidings.spring;

import io.tidings.message.Channel;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Lets a method of a bean answer what people write. What it returns is the reply: a {@link io.tidings.inbound.Reply}, a
 * text, or nothing ({@code void} or {@code null}).
 *
 * <p>It takes, in any order, the {@link io.tidings.message.InboundMessage}, its text as a {@code String} and who wrote as
 * a {@link io.tidings.message.PhoneNumber}. It is called again after a failure or a crash until it has returned; the reply
 * is sent once. STOP, START and HELP are heard by Tidings and never come here. Two methods for the same keyword, and two
 * without, do not start.
 *
 * <pre>{@code
 * @OnSms(keyword = {"YES", "Y"})
 * String confirm(InboundMessage message) {
 *     bookings.confirm(message.from());
 *     return "Confirmed, see you tomorrow.";
 * }
 * }</pre>
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface OnSms {

    /** The words, case and punctuation aside; placeholders are resolved. None: whatever has no method of its own. */
    String[] keyword() default {};

    /** Whether more text may follow the keyword. */
    boolean firstWord() default false;

    /** Of which channels; a text with a picture is still a text, so SMS and MMS are one. */
    Channel[] channels() default {Channel.SMS, Channel.MMS};
}
