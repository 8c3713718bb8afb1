package io.tidings.examples.startcost;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Counts the statements that are prepared on connections of the application's pool. */
final class CountedStatements implements BeanPostProcessor {
    private final AtomicLong count = new AtomicLong();

    long count() {
        return count.get();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool ? around(DataSource.class, pool) : bean;
    }

    private Object around(Class<?> type, Object target) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement") || method.getName().equals("createStatement")) {
                count.incrementAndGet();
            }
            try {
                Object answer = method.invoke(target, arguments);
                return answer instanceof Connection connection && type == DataSource.class
                        ? around(Connection.class, connection)
                        : answer;
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
    }
}
