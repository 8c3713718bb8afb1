package io.tidings.twilio;

import com.twilio.exception.ApiConnectionException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * A request got no whole answer. Carries neither the message nor the chain of what broke, because those may quote a URL
 * or a body.
 */
final class NoAnswerException extends ApiConnectionException {
    private static final long serialVersionUID = 1L;

    private final String word;
    private final boolean started;

    private NoAnswerException(String word, boolean started) {
        super(word);
        this.word = word;
        this.started = started;
    }

    static NoAnswerException of(Exception failure, Progress progress) {
        return progress.started()
                ? new NoAnswerException(afterStart(failure), true)
                : new NoAnswerException(beforeStart(failure), false);
    }

    /** Whether any byte of the request may have left this machine. */
    boolean started() {
        return started;
    }

    /** A short word for the log. */
    String word() {
        return word;
    }

    private static String beforeStart(Exception failure) {
        if (failure instanceof UnknownHostException) {
            return "name not resolved";
        }
        if (failure instanceof ConnectException) {
            return "connection refused";
        }
        if (failure instanceof SSLException) {
            return "TLS failed";
        }
        return failure instanceof InterruptedIOException ? "connect timeout" : "not connected";
    }

    private static String afterStart(Exception failure) {
        if (failure instanceof InterruptedIOException) {
            return "no answer in time";
        }
        if (failure instanceof AnswerTooLargeException) {
            return "answer too large";
        }
        return failure instanceof IOException ? "answer lost" : "answer not understood";
    }

    /** The answer exceeds what we read. */
    static final class AnswerTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
