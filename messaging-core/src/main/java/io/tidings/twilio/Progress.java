package io.tidings.twilio;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * How far one call got. The only proof that a request never left is that its headers never started: exception classes
 * do not tell (a timeout, for one, happens before and after).
 */
final class Progress extends EventListener {
    private volatile boolean started;
    private volatile boolean issued;

    /** Whether any byte of the request may have left this machine. */
    boolean started() {
        return started;
    }

    @Override
    public void requestHeadersStart(Call call) {
        started = true;
    }

    /** The progress that travels with this call. */
    static EventListener of(Call call) {
        Progress progress = call.request().tag(Progress.class);
        return progress == null ? EventListener.NONE : progress;
    }

    /**
     * Refuses the second request of a call, whatever made OkHttp want one, before it reaches the socket. Redirects,
     * authenticators and connection retries are off and bodies are one-shot; this holds if a release of OkHttp finds yet
     * another reason. A 503 loses its {@code Retry-After}, for which OkHttp would repeat even a GET that it answers.
     */
    static Response onlyOnce(Interceptor.Chain chain) throws IOException {
        Progress progress = chain.call().request().tag(Progress.class);
        if (progress != null) {
            if (progress.issued) {
                throw new IOException("a second request for one call");
            }
            progress.issued = true;
        }
        Response response = chain.proceed(chain.request());
        return response.code() == 503
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }
}
