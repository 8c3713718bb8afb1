package io.tidings.twilio;

import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.AttemptId;
import io.tidings.message.Content;
import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.provider.Submission;
import java.time.Duration;
import java.util.UUID;

/** Values that the tests of the adapter share. */
final class Samples {
    static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    static final String SID = "SM0123456789abcdef0123456789abcdef";
    static final String TO = "+12025550123";
    static final String FROM = "+12025550199";
    static final String TOKEN = "canary-token-7f3a";
    static final String TEXT = "canary text for Ann";

    private Samples() {}

    static Credentials credentials() {
        return Credentials.authToken(ACCOUNT, new Secret(TOKEN));
    }

    static Submission submission() {
        return submission(new Content.Text(TEXT), new Sender.Number(new PhoneNumber(FROM)));
    }

    static Submission submission(Content content, Sender from) {
        AttemptId attempt = new AttemptId(new MessageId(new UUID(7, 7)), 1);
        return new Submission(attempt, from, new PhoneNumber(TO), content, null, null);
    }

    static TwilioProvider provider(RawServer server) {
        return provider(server, Duration.ofSeconds(20));
    }

    static TwilioProvider provider(RawServer server, Duration deadline) {
        return Twilio.provider(CredentialSource.fixed(credentials()))
                .baseUrl(server.uri())
                .connectTimeout(deadline)
                .deadline(deadline)
                .build();
    }

    static String created() {
        return created(SID);
    }

    static String created(String sid) {
        return """
                {"account_sid":"%s","api_version":"2010-04-01","body":"%s",\
                "date_created":"Fri, 24 May 2019 17:44:50 +0000","date_sent":null,"date_updated":"Fri, 24 May 2019 17:44:50 +0000",\
                "direction":"outbound-api","error_code":null,"error_message":null,"from":"%s","messaging_service_sid":null,\
                "num_media":"0","num_segments":"1","price":null,"price_unit":"USD","sid":"%s","status":"queued",\
                "subresource_uris":{"media":"/2010-04-01/Accounts/x/Messages/y/Media.json"},"to":"%s","uri":"/2010-04-01/x.json"}""".formatted(ACCOUNT, TEXT, FROM, sid, TO);
    }

    static String error(int code) {
        return "{\"code\":" + code + ",\"message\":\"The number " + TO
                + " is bad\",\"more_info\":\"x\",\"status\":400}";
    }
}
