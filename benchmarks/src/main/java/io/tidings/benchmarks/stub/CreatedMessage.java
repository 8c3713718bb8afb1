package io.tidings.benchmarks.stub;

import java.util.Locale;

/** The answer to a create, about 1 KB, with a SID that was never used before. */
final class CreatedMessage {
    private static final String BEFORE_SID = """
            {"account_sid": "%1$s", "api_version": "2010-04-01", "body": "Your car is ready at bay 4. Reply STOP to end \
            these messages.", "date_created": "Sat, 21 Nov 2026 10:15:30 +0000", "date_sent": null, "date_updated": \
            "Sat, 21 Nov 2026 10:15:30 +0000", "direction": "outbound-api", "error_code": null, "error_message": null, \
            "from": "+12025550100", "messaging_service_sid": null, "num_media": "0", "num_segments": "1", "price": null, \
            "price_unit": "USD", "status": "queued", "to": "+12025550143", "sid": "\
            """.formatted(Stub.ACCOUNT_SID);
    private static final String AFTER_SID = """
            ", "subresource_uris": {"media": "/2010-04-01/Accounts/%1$s/Messages/SM00000000000000000000000000000000/\
            Media.json", "feedback": "/2010-04-01/Accounts/%1$s/Messages/SM00000000000000000000000000000000/Feedback\
            .json"}, "uri": "/2010-04-01/Accounts/%1$s/Messages/SM00000000000000000000000000000000.json"}\
            """.formatted(Stub.ACCOUNT_SID);

    private long number;

    /** An answer and the SID in it. */
    record Created(String body, String sid) {}

    Created next() {
        String sid = String.format(Locale.ROOT, "SM%032x", ++number);
        return new Created(BEFORE_SID + sid + AFTER_SID, sid);
    }
}
