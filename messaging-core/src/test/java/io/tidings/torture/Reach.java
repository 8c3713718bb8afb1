package io.tidings.torture;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Walks from a thing to every thing of ours that it holds, however deep, and asks each that can print itself to do so. */
final class Reach {
    private static final int MOST = 500_000;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> next = new ArrayDeque<>();
    private final Set<String> types = new TreeSet<>();
    private final BiConsumer<Class<?>, String> printed;

    Reach(BiConsumer<Class<?>, String> printed) {
        this.printed = printed;
    }

    /** Classes of which at least one thing printed itself. */
    Set<String> types() {
        return types;
    }

    void from(Object root) throws IllegalAccessException {
        add(root);
        while (!next.isEmpty() && seen.size() < MOST) {
            visit(next.pop());
        }
    }

    private void add(@Nullable Object value) {
        if (value != null && !(value instanceof String) && seen.add(value)) {
            next.push(value);
        }
    }

    private void visit(Object value) throws IllegalAccessException {
        if (isOurs(value.getClass())) {
            print(value);
            fields(value);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                add(key);
                add(each);
            });
        } else if (value instanceof Iterable<?> many
                && value.getClass().getName().startsWith("java.util.")) {
            many.forEach(this::add);
        } else if (value instanceof Optional<?> maybe) {
            maybe.ifPresent(this::add);
        } else if (value instanceof AtomicReference<?> held) {
            add(held.get());
        } else if (value.getClass().isArray()
                && !value.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                add(Array.get(value, i));
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("io.tidings.") && !type.getName().startsWith("io.tidings.torture.");
    }

    private void print(Object value) {
        try {
            Class<?> teller = value.getClass().getMethod("toString").getDeclaringClass();
            if (teller != Object.class) {
                printed.accept(value.getClass(), value.toString());
                types.add(value.getClass().getName());
            }
        } catch (NoSuchMethodException e) {
            throw new AssertionError("every object has a toString", e);
        }
    }

    private void fields(Object value) throws IllegalAccessException {
        for (Class<?> type = value.getClass(); type != null && isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    add(field.get(value));
                }
            }
        }
    }
}
