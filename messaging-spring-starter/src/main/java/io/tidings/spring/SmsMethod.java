package io.tidings.spring;

import io.tidings.inbound.InboundHandler;
import io.tidings.inbound.Reply;
import io.tidings.message.Channel;
import io.tidings.message.InboundMessage;
import io.tidings.message.PhoneNumber;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/** A method that answers, of a bean that is asked for when it is needed. */
final class SmsMethod implements InboundHandler {
    private static final Set<Class<?>> TAKEN = Set.of(InboundMessage.class, String.class, PhoneNumber.class);
    private static final Set<Class<?>> RETURNED = Set.of(Reply.class, String.class, void.class);

    private final Supplier<Object> bean;
    private final Method method;
    private final OnSms says;

    /** Refuses a method that cannot be called or cannot answer. */
    SmsMethod(Supplier<Object> bean, Method method, OnSms says) {
        this.bean = bean;
        this.method = method;
        this.says = says;
        boolean answers = RETURNED.stream().anyMatch(type -> type.isAssignableFrom(method.getReturnType()));
        if (!answers || !TAKEN.containsAll(List.of(method.getParameterTypes()))) {
            throw new SetupProblem(
                    SetupProblem.Kind.ON_SMS_METHOD,
                    "The method " + name() + " cannot handle messages.",
                    "A method with @OnSms takes InboundMessage, String (the text) and PhoneNumber (who wrote), in any"
                            + " order, and returns Reply, String or nothing.");
        }
        if (channels().isEmpty() || channels().contains(Channel.VOICE)) {
            throw new SetupProblem(
                    SetupProblem.Kind.ON_SMS_METHOD,
                    "The method " + name() + " names no channel that people write on.",
                    "Name SMS, MMS or WHATSAPP in @OnSms, or leave the channels out.");
        }
    }

    OnSms says() {
        return says;
    }

    Set<Channel> channels() {
        EnumSet<Channel> all = EnumSet.noneOf(Channel.class);
        all.addAll(List.of(says.channels()));
        if (all.contains(Channel.SMS) || all.contains(Channel.MMS)) {
            all.add(Channel.SMS);
            all.add(Channel.MMS);
        }
        return all;
    }

    String name() {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    @Override
    public Reply handle(InboundMessage message) throws Exception {
        Object target = bean.get();
        Method invocable = AopUtils.selectInvocableMethod(method, target.getClass());
        ReflectionUtils.makeAccessible(invocable);
        Object[] given = new Object[invocable.getParameterCount()];
        for (int i = 0; i < given.length; i++) {
            given[i] = argument(invocable.getParameterTypes()[i], message);
        }
        try {
            return reply(invocable.invoke(target, given));
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof Exception thrown) {
                throw thrown;
            }
            throw e;
        }
    }

    private static Object argument(Class<?> type, InboundMessage message) {
        if (type == String.class) {
            return message.text();
        }
        return type == PhoneNumber.class ? message.from() : message;
    }

    private static Reply reply(@Nullable Object returned) {
        if (returned instanceof Reply reply) {
            return reply;
        }
        return returned instanceof String text ? Reply.text(text) : Reply.none();
    }
}
