package io.tidings.jdbc.torture;

import io.tidings.history.Observation;
import io.tidings.message.UnitOfWork;
import io.tidings.outbox.Stores;
import io.tidings.provider.Provider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands between a system and its ports, and ends the process at one point, when it comes there for the nth time. */
final class Tripwire {
    /** How a process ends that has come to its point. */
    static final int STATUS = 86;

    private final String place;
    private final AtomicInteger left;

    @SuppressWarnings("ThreadLocalUsage") // lives as long as the process
    private final ThreadLocal<@Nullable Set<String>> inside = new ThreadLocal<>();

    Tripwire(Point point, int nth) {
        this.place = point.place;
        this.left = new AtomicInteger(nth);
    }

    private void pass(String here) {
        if (here.equals(place) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    Stores watch(Stores real) {
        return new Stores(
                new Transactions(real.transactions()),
                watch("outbox", real.outbox()),
                watch("work", real.work()),
                watch("history", real.history()),
                watch("attempts", real.attempts()),
                watch("handover", real.handover()),
                watch("doubts", real.doubts()),
                real.decisions(),
                real.consent(),
                watch("facts", real.facts()),
                real.budgets(),
                real.pumping(),
                real.audit(),
                real.chain(),
                real.inbound(),
                real.conversations(),
                real.templates(),
                real.limits(),
                real.stamp(),
                real.records(),
                real.recurring(),
                real.lookout());
    }

    /** Without its clock: the dates of the sandbox run with the machine, those of the process are stepped. */
    Provider watch(Provider real) {
        return proxy(Provider.class, "provider", real);
    }

    @SuppressWarnings("unchecked")
    private <T> T watch(String name, T real) {
        Class<?>[] ports = real.getClass().getInterfaces();
        return (T) proxy(ports[0], name, real);
    }

    private <T> T proxy(Class<T> port, String name, Object real) {
        return port.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    String call = name + "." + method.getName() + source(arguments);
                    pass("before " + call);
                    try {
                        Object result = method.invoke(real, arguments);
                        note(call, result);
                        pass(isEmpty(result) ? "" : "after " + call);
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    /** What was seen how is another call each. */
    private static String source(Object @Nullable [] arguments) {
        if (arguments != null) {
            for (Object argument : arguments) {
                if (argument instanceof Observation seen) {
                    return ":" + seen.source();
                }
            }
        }
        return "";
    }

    private void note(String call, @Nullable Object result) {
        Set<String> calls = inside.get();
        if (calls != null && !isEmpty(result)) {
            calls.add(call);
        }
    }

    /** A sweep that found nothing is no place to die at. */
    private static boolean isEmpty(@Nullable Object result) {
        return (result instanceof Collection<?> many && many.isEmpty())
                || (result instanceof Map<?, ?> named && named.isEmpty());
    }

    /** What a transaction was about, by what was called in it. */
    private static String kind(Set<String> calls) {
        if (calls.contains("work.begin")) {
            return "intent";
        } else if (calls.contains("outbox.enqueue")) {
            return "send";
        } else if (calls.contains("handover.settle") || calls.contains("attempts.observe:ANSWER")) {
            return "settlement";
        } else if (calls.contains("handover.advance") || calls.contains("attempts.observe:CALLBACK")) {
            return "callback";
        } else if (calls.contains("attempts.observe:RECOVERY")) {
            return "recovery";
        } else if (calls.contains("attempts.observe:POLICY_RESENT")) {
            return "decision";
        }
        return calls.contains("attempts.observe:LIST") ? "look" : "something else";
    }

    private final class Transactions implements UnitOfWork {
        private final UnitOfWork real;

        Transactions(UnitOfWork real) {
            this.real = real;
        }

        @Override
        public <T> T run(Supplier<T> work) {
            if (inside.get() != null) {
                return real.run(work);
            }
            Set<String> calls = new LinkedHashSet<>();
            inside.set(calls);
            try {
                T result = real.run(() -> {
                    T done = work.get();
                    pass("before commit of " + kind(calls));
                    return done;
                });
                pass("after commit of " + kind(calls));
                return result;
            } finally {
                inside.remove();
            }
        }

        @Override
        public void afterCommit(Runnable hint) {
            real.afterCommit(hint);
        }
    }
}
