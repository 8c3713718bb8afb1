package io.tidings.spring.torture;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Keeps account of which thread borrows a connection of the application's pool, what it executes on it, and when it has
 * committed. Safe for use by many threads.
 */
final class Ledger implements BeanPostProcessor {
    private final List<Loan> loans = new CopyOnWriteArrayList<>();
    private final LongSupplier nanos;

    /** With this clock. */
    Ledger(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A connection in somebody's hands. Its statements are added by the one thread that has it. */
    static final class Loan {
        private final String borrower = Thread.currentThread().getName();
        private final List<String> executed = new CopyOnWriteArrayList<>();
        private volatile long committed;

        /** The name of the thread. */
        String borrower() {
            return borrower;
        }

        List<String> executed() {
            return List.copyOf(executed);
        }

        /** When the last commit on it had returned. */
        long committed() {
            return committed;
        }
    }

    /** Those whose borrower's name begins so, in their order. */
    List<Loan> of(String borrower) {
        return loans.stream()
                .filter(loan -> loan.borrower().startsWith(borrower))
                .toList();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool ? new Kept(pool) : bean;
    }

    private final class Kept extends DelegatingDataSource {
        Kept(DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Loan loan = new Loan();
            loans.add(loan);
            return watched(Connection.class, super.getConnection(), loan, "");
        }
    }

    private <T> T watched(Class<T> type, T target, Loan loan, String sql) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Object result = call(target, method, given);
                    String name = method.getName();
                    if (name.startsWith("execute")) {
                        loan.executed.add(given == null ? sql : String.valueOf(given[0]));
                    } else if (name.contains("avepoint")) {
                        loan.executed.add(name);
                    } else if (name.equals("commit")) {
                        loan.committed = nanos.getAsLong();
                    }
                    if (result instanceof PreparedStatement statement) {
                        return watched(PreparedStatement.class, statement, loan, String.valueOf(given[0]));
                    }
                    return result instanceof Statement statement
                            ? watched(Statement.class, statement, loan, "")
                            : result;
                }));
    }

    private static Object call(Object target, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
