package io.tidings.message;

import java.util.concurrent.Callable;

/**
 * Lends the calling thread the class loader of a library. One that keeps threads for the whole process makes them with that
 * of whoever calls first, and that of a host would be held after the host was restarted or removed.
 */
public final class ContextLoader {
    private ContextLoader() {}

    /** What the call gives or throws. The thread has its own class loader again afterwards. */
    public static <T> T lend(Class<?> library, Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(library.getClassLoader());
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
