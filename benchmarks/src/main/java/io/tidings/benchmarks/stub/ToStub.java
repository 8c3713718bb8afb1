package io.tidings.benchmarks.stub;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;

/** The default client of twilio-java, but for the address, which is fixed in the SDK's requests. */
public final class ToStub extends NetworkHttpClient {
    private final String url;

    /** Sends everything there. */
    public ToStub(Stub stub) {
        this.url = stub.messages().toString();
    }

    @Override
    public Response makeRequest(Request request) {
        Request here = new Request(request.getMethod(), url);
        here.setAuth(request.getUsername(), request.getPassword());
        request.getPostParams().forEach((name, values) -> values.forEach(value -> here.addPostParam(name, value)));
        return super.makeRequest(here);
    }
}
