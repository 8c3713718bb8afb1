package io.tidings.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Notes what is executed on connections, savepoints too. */
final class CountingSource {
    private final List<Executed> executed = Collections.synchronizedList(new ArrayList<>());

    /** What was executed, and when that began. */
    record Executed(String sql, long nanos) {}

    List<String> executed() {
        return timed().stream().map(Executed::sql).toList();
    }

    List<Executed> timed() {
        return List.copyOf(executed);
    }

    private void note(String sql) {
        executed.add(new Executed(sql, System.nanoTime()));
    }

    Connection watch(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = call(connection, method, arguments);
                    if (method.getName().contains("avepoint")) {
                        note(method.getName());
                    }
                    return result instanceof PreparedStatement statement
                            ? watch(statement, String.valueOf(arguments[0]))
                            : result;
                });
    }

    private PreparedStatement watch(PreparedStatement statement, String sql) {
        return (PreparedStatement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        note(sql);
                    }
                    return call(statement, method, arguments);
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
