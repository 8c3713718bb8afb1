package io.tidings.sandbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ground truth. Numbers and texts are in it, because tests look for their tokens there; {@code toString}
 * masks both.
 */
public sealed interface LogEntry {
    /** Returns when it was written. */
    Stamp stamp();

    /**
     * Place and time of an entry.
     *
     * @param seq position in the log, from 1
     * @param nanos the sandbox's monotonic nanoseconds
     * @param wallMillis the sandbox's date in milliseconds since 1970
     */
    record Stamp(long seq, long nanos, long wallMillis) {
        /** Returns the date. */
        public Instant at() {
            return Instant.ofEpochMilli(wallMillis);
        }
    }

    /**
     * A POST or DELETE that arrived, written before its answer left.
     *
     * @param stamp place and time
     * @param method POST or DELETE
     * @param path the path without its query
     * @param verdict what became of it
     * @param create what it asked for, if it was the creation of a message
     */
    record Request(
            Stamp stamp,
            String method,
            String path,
            Verdict verdict,
            @Nullable Create create) implements LogEntry {
        /** Returns whether a message was created for live credentials. */
        public boolean accepted() {
            return verdict.outcome() == Outcome.ACCEPTED;
        }

        /** Returns how the answer left. */
        public Answered answered() {
            return verdict.harm() == null ? Answered.WHOLE : verdict.harm().answered();
        }

        /** Returns the mishap that struck it, if the sandbox is hostile. */
        public Optional<Mishap> mishap() {
            return Optional.ofNullable(verdict.harm()).map(Harm::mishap);
        }
    }

    /**
     * What became of a request.
     *
     * @param outcome the kind
     * @param status HTTP status of the answer that was prepared, 0 if none was
     * @param code Twilio's error code, 0 if none
     * @param sid the message that was created
     * @param harm what struck it
     */
    record Verdict(
            Outcome outcome,
            int status,
            int code,
            @Nullable String sid,
            @Nullable Harm harm) {
        /** Returns the kind of {@link Fault} that struck it. */
        public @Nullable String fault() {
            return harm == null ? null : harm.fault();
        }
    }

    /**
     * What struck a request.
     *
     * @param fault the kind of {@link Fault}
     * @param mishap the kind of mishap, if it was one
     * @param answered how the answer left
     */
    record Harm(String fault, @Nullable Mishap mishap, Answered answered) {}

    /** How an answer left. A restart may still take it: then {@link Struck} tells. */
    enum Answered {
        /** As it was, at once. */
        WHOLE,
        /** As it was, late or slowly. */
        LATE,
        /** Another one: an error, a page, a body without a SID. */
        OTHERWISE,
        /** Half of it. */
        PARTLY,
        /** Not at all. */
        NOT
    }

    /** The kinds of verdict. */
    enum Outcome {
        /** A message was created. */
        ACCEPTED,
        /** Answered with success, no message created: an update, a deletion, a service, a create of test credentials. */
        ANSWERED,
        /** Refused with a Twilio code. */
        REJECTED,
        /** 429: nothing was processed. */
        THROTTLED,
        /** Struck by a fault before it was processed. */
        FAULT
    }

    /**
     * The content of a creation, as it came in.
     *
     * @param from the sender asked for
     * @param to the recipient
     * @param service the messaging service asked for
     * @param body the text
     * @param segments the sandbox's own count, also for refused ones
     * @param validity the {@code ValidityPeriod} asked for, in seconds
     */
    record Create(
            @Nullable String from,
            @Nullable String to,
            @Nullable String service,
            @Nullable String body,
            int segments,
            @Nullable String validity) {
        /** Returns the sender or, without one, the messaging service. */
        public String sender() {
            return from != null ? from : service != null ? service : "";
        }

        @Override
        public String toString() {
            return "Create[from=" + Masking.number(from) + ", to=" + Masking.number(to) + ", service=" + service
                    + ", body=" + Masking.text(body) + ", segments=" + segments + ", validity=" + validity + "]";
        }
    }

    /**
     * A message reached the last status it will have.
     *
     * @param stamp place and time
     * @param sid the message
     * @param status in Twilio's words
     * @param code Twilio's error code, 0 if none
     */
    record FinalStatus(Stamp stamp, String sid, String status, int code) implements LogEntry {}

    /**
     * A mishap of a hostile sandbox struck something else than a POST: a read, a webhook, an answer in a restart. Written
     * when it was decided.
     *
     * @param stamp place and time
     * @param mishap the kind
     * @param sid the message, if it is about one
     * @param what the status that a webhook tells, or the request
     */
    record Struck(Stamp stamp, Mishap mishap, @Nullable String sid, String what) implements LogEntry {}

    /**
     * A message left as an answer: of an inbound webhook's TwiML, or Twilio's own answer to a keyword.
     *
     * @param stamp place and time
     * @param sid the message
     * @param inbound the message it answers
     * @param automatic whether it is Twilio's own
     * @param create between whom, and what
     */
    record Replied(Stamp stamp, String sid, String inbound, boolean automatic, Create create) implements LogEntry {}

    /**
     * Twilio's debugger would show a mistake in a webhook's answer.
     *
     * @param stamp place and time
     * @param sid the inbound message
     * @param code Twilio's code, for example 12100 for XML that is none
     */
    record Alert(Stamp stamp, String sid, int code) implements LogEntry {}

    /**
     * The port was closed or opened in a restart.
     *
     * @param stamp place and time
     * @param open whether it is open now
     */
    record Restart(Stamp stamp, boolean open) implements LogEntry {}

    /**
     * A webhook request was tried: a status callback or an inbound message.
     *
     * @param stamp place and time, after its answer
     * @param sid the message
     * @param status the status that was told, {@code received} for inbound messages
     * @param url where it went
     * @param reply what came back
     */
    record Callback(Stamp stamp, String sid, String status, String url, Reply reply) implements LogEntry {}

    /**
     * What a receiver did with one try.
     *
     * @param attempt which try of this callback, from 1
     * @param status HTTP status, 0 if none came
     * @param problem what failed on the wire: {@code connect}, {@code read}, or none
     */
    record Reply(int attempt, int status, @Nullable String problem) {}
}
