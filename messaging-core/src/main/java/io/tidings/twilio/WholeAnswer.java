package io.tidings.twilio;

import java.io.ByteArrayInputStream;

/** An answer that is all here, as the stream that the SDK wants. */
final class WholeAnswer extends ByteArrayInputStream {
    WholeAnswer(byte[] content) {
        super(content);
    }

    /** All of it, wherever the stream is; not to be changed. */
    byte[] content() {
        return buf;
    }
}
