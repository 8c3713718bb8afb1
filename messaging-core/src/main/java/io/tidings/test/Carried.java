package io.tidings.test;

import io.tidings.message.AttemptStatus;
import io.tidings.message.Content;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.Submission;
import java.time.Instant;

/**
 * A message that the fake took in.
 *
 * @param sid the fake's id of it
 * @param submission what was handed over
 * @param at when
 * @param end the status it ends with
 * @param errorCode of that status, 0 if none
 */
record Carried(String sid, Submission submission, Instant at, AttemptStatus end, int errorCode) {

    ProviderMessage view() {
        return new ProviderMessage(
                sid,
                end,
                errorCode,
                1,
                null,
                null,
                submission.to(),
                submission.content().body(),
                at,
                submission.content() instanceof Content.Media media
                        ? media.media().size()
                        : 0);
    }

    @Override
    public String toString() {
        return "Carried[" + sid + ", " + submission.attempt() + ", " + end + ", errorCode=" + errorCode + "]";
    }
}
