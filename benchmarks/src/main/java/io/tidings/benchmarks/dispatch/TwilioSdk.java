package io.tidings.benchmarks.dispatch;

import com.twilio.exception.TwilioException;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.stub.Stub;

/** twilio-java as it comes: its default client, {@code create()} in a pool of threads. Nothing is stored. */
final class TwilioSdk implements Contestant {
    @Override
    public String name() {
        return "twilio-java";
    }

    @Override
    public Load start(Stub stub, int window) {
        TwilioRestClient client = new TwilioRestClient.Builder(Stub.ACCOUNT_SID, "secret")
                .httpClient(new ToStub(stub.messages().toString()))
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

    /** The default client, but for the address, which is fixed in the SDK's requests. */
    private static final class ToStub extends NetworkHttpClient {
        private final String url;

        ToStub(String url) {
            this.url = url;
        }

        @Override
        public Response makeRequest(Request request) {
            Request here = new Request(request.getMethod(), url);
            here.setAuth(request.getUsername(), request.getPassword());
            request.getPostParams().forEach((name, values) -> values.forEach(value -> here.addPostParam(name, value)));
            return super.makeRequest(here);
        }
    }
}
