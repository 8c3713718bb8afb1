package io.tidings.examples.quickstart;

import io.tidings.message.Category;
import io.tidings.retry.CategoryRule;
import io.tidings.retry.ErrorCode;
import io.tidings.retry.ErrorCodes;
import io.tidings.retry.Pause;
import io.tidings.retry.RetryPolicy;

/**
 * The policy of a live run: one text means one. Whatever Twilio took is never sent again, even if it failed; only a 429
 * and a connection that was never made, by which nothing was processed, are tried again.
 */
final class OneText {
    private OneText() {}

    static RetryPolicy policy() {
        ErrorCodes codes = ErrorCodes.standard();
        for (ErrorCode row : codes.all()) {
            // A failure that is the account's or the sender's would use up no attempt.
            if (row.handling().pause() != Pause.Scope.NONE) {
                codes = codes.with(row.withHandling(row.handling().withPause(Pause.Scope.NONE)));
            }
        }
        return RetryPolicy.defaults().withCodes(codes).withRule(Category.TRANSACTIONAL, new CategoryRule(1, 1, false));
    }
}
