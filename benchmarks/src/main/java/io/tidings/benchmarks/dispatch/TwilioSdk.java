package io.tidings.benchmarks.dispatch;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.stub.Stub;
import io.tidings.benchmarks.stub.ToStub;

/** twilio-java as it comes: its default client, {@code create()} in a pool of threads. Nothing is stored. */
final class TwilioSdk implements Contestant {
    @Override
    public String name() {
        return "twilio-java";
    }

    @Override
    public Load start(Stub stub, int window) {
        TwilioRestClient client = new TwilioRestClient.Builder(Stub.ACCOUNT_SID, "secret")
                .httpClient(new ToStub(stub))
                .build();
        return new BlockingThreads(window, text -> send(client, text), () -> {});
    }

    private static boolean send(TwilioRestClient client, Texts.Text text) {
        try {
            return Message.creator(new PhoneNumber(text.to()), new PhoneNumber(Texts.FROM), text.body())
                    .create(client)
                    .getSid()
                    .startsWith("SM");
        } catch (TwilioException e) {
            return false;
        }
    }
}
