package io.tidings.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A pool on which the answer to a commit gets lost: the database has committed, its client is told nothing. */
final class LossyPool {
    private final DataSource pool;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile String statement = "";

    LossyPool(DataSource pool) {
        this.pool = pool;
    }

    /** Loses the answer to the next commit of a transaction that has prepared a statement beginning like this. */
    void loseNext(String beginning) {
        statement = beginning;
    }

    int lost() {
        return lost.get();
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Object result = call(pool, method, arguments);
                    return result instanceof Connection connection ? watch(connection) : result;
                });
    }

    private Connection watch(Connection connection) {
        boolean[] marked = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && !statement.isEmpty()) {
                        marked[0] |= String.valueOf(arguments[0]).startsWith(statement);
                    }
                    Object result = call(connection, method, arguments);
                    if (method.getName().equals("commit") && marked[0]) {
                        statement = "";
                        lost.incrementAndGet();
                        throw new SQLException("the answer to a commit was lost", "08006");
                    }
                    return result;
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
