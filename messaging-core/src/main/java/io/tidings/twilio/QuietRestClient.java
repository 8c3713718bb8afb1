package io.tidings.twilio;

import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's client without its DEBUG log, which prints phone numbers, and with credentials that are read anew for each
 * request. Pass it to the SDK's own resources; {@code Twilio.init} would be global.
 */
final class QuietRestClient extends TwilioRestClient {
    private final CredentialSource credentials;

    QuietRestClient(CredentialSource credentials, OneShotClient http, @Nullable String region, @Nullable String edge) {
        super(new Builder("", "").httpClient(http).region(region).edge(edge));
        this.credentials = credentials;
    }

    /** The account that the credentials of this moment name. */
    @Override
    public String getAccountSid() {
        return credentials.current().accountSid();
    }

    /** One request. Signs it with the credentials of this moment, unless it is signed already. */
    @Override
    public Response request(Request request) {
        if (!request.requiresAuthentication()) {
            Credentials current = credentials.current();
            request.setAuth(current.username(), current.secret().reveal());
        }
        if (getRegion() != null) {
            request.setRegion(getRegion());
        }
        if (getEdge() != null) {
            request.setEdge(getEdge());
        }
        return getHttpClient().makeRequest(request);
    }

    /** Nothing: the SDK would log the URL and every parameter. */
    @Override
    public void logRequest(Request request) {}
}
